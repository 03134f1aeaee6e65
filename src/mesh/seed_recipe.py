#!/usr/bin/env python3
"""Make seed.inc, the built-in vocabulary, from two tables of MeSH.

    python3 seed_recipe.py THESAURUS.tsv[.gz] TREES.tsv[.gz] > seed.inc

THESAURUS has the columns DescriptorUI, DescriptorName, TermName and IsPermutedTermYN, TREES the
columns DescriptorUI and tree_location, by name, tab-separated (both are plain extracts of NLM's
descriptor file).  A descriptor is taken with everything below it, so that explosion is complete;
its entry terms are those that NLM does not mark as permuted.
"""
import csv
import gzip
import sys

# Branches taken whole, by tree number.
BRANCHES = [
    "C10.228.140.546",      # Headache Disorders
    "C23.888.592.612",      # Pain
    "C05.651.550",          # Myofascial Pain Syndromes
    "C05.550.905",          # Temporomandibular Joint Disorders
    "C26.700",              # Neck Injuries, whiplash among them
    "C05.116.900",          # Spinal Diseases
    "C10.668.829.820",      # Radiculopathy and its kin
    "E02.190",              # Complementary Therapies
    "E02.779",              # Physical Therapy Modalities
    "E02.831.535",          # the same, under Rehabilitation
    "E02.760.169.063.500",  # Rehabilitation
    "H02.403.640",          # Osteopathic Medicine
    "H02.110",              # Chiropractic
    "M01.526.485.810.722",  # Osteopathic Physicians
    "F04.754",              # Psychotherapy
    "E03.155",              # Anesthesia and Analgesia
]
# Single descriptors, by name: conditions beside the branches ...
CONDITIONS = """
Fibromyalgia; Trigeminal Neuralgia; Facial Neuralgia; Dizziness; Vertigo; Bruxism; Sleep Bruxism;
Torticollis; Radiculopathy; Brain Concussion; Post-Concussion Syndrome; Muscle Spasticity; Spasm;
Prescription Drug Overuse; Giant Cell Arteritis; Intracranial Hypertension; Pseudotumor Cerebri;
Craniomandibular Disorders; Nausea; Photophobia; Hyperacusis; Scoliosis; Posture; Sleep Initiation and Maintenance Disorders;
Carpal Tunnel Syndrome; Osteoarthritis, Knee; Tinnitus; Depression; Anxiety; Colic; Cervical Vertebrae;
Neck Muscles; Trigger Points; Acupuncture Points; Premenstrual Syndrome
"""
# ... and interventions beside them.
INTERVENTIONS = """
Acupuncture; Biofeedback, Psychology; Neurofeedback; Nerve Block; Botulinum Toxins;
Botulinum Toxins, Type A; Tryptamines; Sumatriptan; Serotonin 5-HT1 Receptor Agonists;
Calcitonin Gene-Related Peptide Receptor Antagonists; Calcitonin Gene-Related Peptide;
Antibodies, Monoclonal; Propranolol; Metoprolol; Timolol; Atenolol; Nadolol; Adrenergic beta-Antagonists;
Amitriptyline; Nortriptyline; Antidepressive Agents, Tricyclic; Antidepressive Agents; Venlafaxine Hydrochloride;
Duloxetine Hydrochloride; Mirtazapine; Selective Serotonin Reuptake Inhibitors; Fluoxetine; Topiramate; Valproic Acid;
Anticonvulsants; Gabapentin; Pregabalin; Lamotrigine; Levetiracetam; Zonisamide; Candesartan;
Lisinopril; Verapamil; Flunarizine; Cinnarizine; Calcium Channel Blockers; Muscle Relaxants, Central; Baclofen;
Cyclobenzaprine; Tizanidine; Orphenadrine; Methocarbamol; Carisoprodol; Dantrolene; Diazepam; Tolperisone;
Analgesics; Analgesics, Opioid; Analgesics, Non-Narcotic; Anti-Inflammatory Agents, Non-Steroidal;
Acetaminophen; Aspirin; Ibuprofen; Naproxen; Diclofenac; Ketoprofen; Ketorolac; Indomethacin; Dipyrone; Celecoxib;
Caffeine; Metoclopramide; Prochlorperazine; Haloperidol; Droperidol; Dexamethasone; Prednisone; Methylprednisolone;
Dihydroergotamine; Ergotamine; Methysergide; Lithium; Lithium Carbonate; Melatonin; Magnesium; Magnesium Sulfate;
Riboflavin; Ubiquinone; Petasites; Tanacetum parthenium; Lidocaine; Bupivacaine; Ketamine; Propofol; Capsaicin;
Oxygen Inhalation Therapy; Hyperbaric Oxygenation; Transcranial Magnetic Stimulation;
Transcranial Direct Current Stimulation; Vagus Nerve Stimulation; Deep Brain Stimulation; Radiofrequency Ablation;
Blood Patch, Epidural; Occlusal Splints; Orthotic Devices; Traction; Ultrasonic Therapy; Laser Therapy; Low-Level Light Therapy;
Cryotherapy; Patient Education as Topic; Self Care; Self-Management; Ergonomics; Exercise; Placebos; Telemedicine;
Diet, Ketogenic; Probiotics; Vitamin D; Cannabinoids; Medical Marijuana; Phytotherapy; Homeopathy; Dietary Supplements;
Injections, Intramuscular; Glucocorticoids; Adrenal Cortex Hormones; Benzodiazepines; Arthroplasty; Spinal Fusion
"""


def open_table(path):
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.endswith(".gz") \
        else open(path, encoding="utf-8", newline="")
    with opened as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def main(thesaurus, trees):
    name_of, terms_of, numbers_of = {}, {}, {}
    for row in open_table(thesaurus):
        ui, name = row["DescriptorUI"], row["DescriptorName"]
        name_of[ui] = name
        terms = terms_of.setdefault(ui, [])
        term = row["TermName"]
        if row["IsPermutedTermYN"] == "N" and term != name and term not in terms:
            terms.append(term)
    for row in open_table(trees):
        numbers_of.setdefault(row["DescriptorUI"], set()).add(row["tree_location"])

    ui_of = {name: ui for ui, name in name_of.items()}
    wanted = [n.strip() for n in (CONDITIONS + ";" + INTERVENTIONS).split(";") if n.strip()]
    unknown = [n for n in wanted if n not in ui_of]
    singles = {ui_of[n] for n in wanted if n in ui_of}
    roots = set(BRANCHES)
    for ui in singles:  # a single descriptor brings what is below it, unless that is much
        below = {u for u, ns in numbers_of.items() if u != ui and
                 any(n.startswith(m + ".") for n in ns for m in numbers_of.get(ui, ()))}
        if len(below) <= 40:
            roots |= numbers_of.get(ui, set())
        else:
            print(f"left out, {len(below)} below it: {name_of[ui]}", file=sys.stderr)
    chosen = {ui for ui, numbers in numbers_of.items()
              if any(n == r or n.startswith(r + ".") for n in numbers for r in roots)}
    # Another place in the tree may have more below it: take that too, until nothing is added.
    while True:
        numbers = {n for ui in chosen for n in numbers_of[ui]}
        more = {ui for ui, ns in numbers_of.items() if ui not in chosen and
                any(n.rsplit(".", 1)[0] in numbers for n in ns if "." in n)}
        if not more:
            break
        chosen |= more

    def text(s):
        return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'

    print("/* Made by seed_recipe.py from MeSH 2024 (U.S. National Library of Medicine): facts of "
          "the\n * vocabulary, in the order of their UIs.  Do not edit. */")
    for ui in sorted(chosen):
        terms = sorted(terms_of[ui], key=lambda t: t.encode())
        print(f"DESCRIPTOR({text(ui)}, {text(name_of[ui])},\n    "
              f"{text('|'.join(sorted(numbers_of[ui])))},\n    {text('|'.join(terms))})")
    print(f"{len(chosen)} descriptors", file=sys.stderr)
    if unknown:
        print("not in this year's MeSH: " + "; ".join(unknown), file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
