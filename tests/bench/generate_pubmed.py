#!/usr/bin/env python3
"""generate_pubmed.py COUNT [--seed N] [--first PMID] > FILE.xml.gz

Invented PubMed-shaped records for measuring: the same arguments give the same bytes.  Words are made
of syllables with a Zipf-distributed vocabulary; lengths, numbers of authors, headings, identifiers,
references and dates follow what PubMed files look like (about 9 kB a record).  A share of the records
is on headache, neck pain and manual therapy, so that evidence queries have something to find.
Every record is invented: PMIDs start above 990,000,000 unless --first says otherwise, and each record
says so in a GeneralNote."""
import argparse
import bisect
import gzip
import itertools
import random
import sys

CONDITIONS = [
    ("D018781", "Tension-Type Headache", "tension-type headache"),
    ("D008881", "Migraine Disorders", "migraine"),
    ("D003027", "Cluster Headache", "cluster headache"),
    ("D019547", "Neck Pain", "neck pain"),
    ("D017116", "Low Back Pain", "low back pain"),
    ("D006973", "Hypertension", "hypertension"),
    ("D001249", "Asthma", "asthma"),
]
INTERVENTIONS = [
    ("D026301", "Manipulation, Osteopathic", "osteopathic manipulative treatment"),
    ("D020393", "Manipulation, Spinal", "spinal manipulation"),
    ("D015670", "Acupuncture Therapy", "acupuncture"),
    ("D005081", "Exercise Therapy", "exercise therapy"),
]
DESIGNS = [  # share, publication type, UI, title words, method sentence
    (0.05, "Randomized Controlled Trial", "D016449", "a randomized controlled trial",
     "A total of {n} patients were randomized to two groups."),
    (0.02, "Systematic Review", "D000078182", "a systematic review",
     "We searched MEDLINE and Embase and included {k} trials with {n} participants."),
    (0.01, "Meta-Analysis", "D017418", "a meta-analysis", "Pooled estimates used a random-effects model of {k} trials."),
    (0.05, "Observational Study", "D064888", "a retrospective cohort study", "The records of {n} patients were reviewed."),
    (0.04, "Case Reports", "D002363", "a case report", "We report the case of a {a}-year-old woman."),
    (0.10, "Review", "D016454", "a review", "This review discusses what is known."),
    (0.73, None, None, None, "We studied {n} samples."),
]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Words:
    """A vocabulary of pronounceable words; word k is drawn with a weight of 1 / (k + 2.7)."""

    def __init__(self, random_source, size):
        onset = "b c d f g h j k l m n p r s t v w br cr dr fl gr pl pr st tr".split()
        vowel = "a e i o u ai ea io ou".split()
        coda = ["", "", "n", "r", "s", "t", "l", "m"]
        made = {}
        while len(made) < size:
            length = random_source.choice((1, 2, 2, 3, 3, 4))
            made.setdefault("".join(random_source.choice(onset) + random_source.choice(vowel) + random_source.choice(coda)
                                    for _ in range(length)))
        self.words = list(made)
        self.sums = list(itertools.accumulate(1 / (k + 2.7) for k in range(size)))
        self.random = random_source

    def some(self, count):
        total = self.sums[-1]
        return [self.words[bisect.bisect(self.sums, self.random.random() * total)] for _ in range(count)]

    def sentence(self, count):
        return " ".join(self.some(count)).capitalize() + "."


def record(pmid, r, words, journals):
    year = r.randint(1985, 2025)
    month, day = r.choice(MONTHS), r.randint(1, 28)
    pick, design = r.random(), DESIGNS[-1]
    for row in DESIGNS:
        if pick < row[0]:
            design = row
            break
        pick -= row[0]
    topic = r.random() < 0.05
    condition, intervention = r.choice(CONDITIONS), r.choice(INTERVENTIONS)
    indexed = r.random() < 0.75
    title = words.sentence(r.randint(7, 16))[:-1]
    if topic:
        title = f"{intervention[2].capitalize()} for {condition[2]} in {' '.join(words.some(4))}"
    if design[3] and r.random() < 0.7:
        title += ": " + design[3]
    n, k, a = r.choice((24, 40, 66, 105, 240, 1200)) + r.randint(0, 20), r.randint(3, 40), r.randint(18, 80)
    journal = journals[r.randrange(len(journals))]
    out = []
    add = out.append
    status = "MEDLINE" if indexed else r.choice(("Publisher", "PubMed-not-MEDLINE", "In-Process"))
    add(f'<PubmedArticle><MedlineCitation Status="{status}" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f'<DateRevised><Year>{year + 1}</Year><Month>02</Month><Day>{day:02}</Day></DateRevised>'
        f'<Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">{journal[0]}</ISSN>'
        f'<JournalIssue CitedMedium="Internet"><Volume>{r.randint(1, 90)}</Volume><Issue>{r.randint(1, 12)}</Issue>'
        f'<PubDate><Year>{year}</Year><Month>{month}</Month></PubDate></JournalIssue><Title>{journal[1]}</Title>'
        f'<ISOAbbreviation>{journal[2]}</ISOAbbreviation></Journal><ArticleTitle>{title}.</ArticleTitle>'
        f'<Pagination><MedlinePgn>{pmid % 900 + 1}-{pmid % 900 + 9}</MedlinePgn></Pagination>'
        f'<ELocationID EIdType="doi" ValidYN="Y">10.99999/inv.{pmid}</ELocationID>')
    add("<Abstract>")
    for label in ("BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"):
        text = " ".join(words.sentence(r.randint(10, 28)) for _ in range(r.randint(2, 4)))
        if label == "METHODS":
            text += " " + design[4].format(n=n, k=k, a=a)
        if label == "BACKGROUND" and topic:
            text += f" {condition[2].capitalize()} is common."
        add(f'<AbstractText Label="{label}" NlmCategory="{label}">{text}</AbstractText>')
    add("</Abstract><AuthorList CompleteYN=\"Y\">")
    for _ in range(min(40, 1 + int(r.expovariate(1 / 4.5)))):
        family, given = (w.capitalize() for w in words.some(2))
        add(f'<Author ValidYN="Y"><LastName>{family}</LastName><ForeName>{given} {family[0]}</ForeName>'
            f'<Initials>{given[0]}{family[0]}</Initials><AffiliationInfo><Affiliation>{words.sentence(12)}</Affiliation>'
            '</AffiliationInfo></Author>')
    add('</AuthorList><Language>eng</Language><PublicationTypeList>'
        '<PublicationType UI="D016428">Journal Article</PublicationType>')
    if indexed and design[1]:
        add(f'<PublicationType UI="{design[2]}">{design[1]}</PublicationType>')
    add(f'</PublicationTypeList></Article><MedlineJournalInfo><Country>England</Country><MedlineTA>{journal[2]}</MedlineTA>'
        f'<NlmUniqueID>{journal[3]}</NlmUniqueID></MedlineJournalInfo>')
    if indexed:
        add("<MeshHeadingList>")
        add('<MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>')
        if topic:
            for ui, name, _ in (condition, intervention):
                add(f'<MeshHeading><DescriptorName UI="{ui}" MajorTopicYN="N">{name}</DescriptorName>'
                    '<QualifierName UI="Q000628" MajorTopicYN="Y">therapy</QualifierName></MeshHeading>')
        for word in words.some(r.randint(5, 14)):
            number = sum(map(ord, word)) * 7919 % 60000
            add(f'<MeshHeading><DescriptorName UI="D99{number:06}" MajorTopicYN="N">{word.capitalize()}</DescriptorName></MeshHeading>')
        add("</MeshHeadingList>")
    add('<KeywordList Owner="NOTNLM">' + "".join(f'<Keyword MajorTopicYN="N">{w}</Keyword>' for w in words.some(4)) + "</KeywordList>")
    add("<GeneralNote Owner=\"NLM\">Invented record for measuring</GeneralNote></MedlineCitation><PubmedData><History>")
    number = MONTHS.index(month) + 1
    for event in ("received", "accepted", "pubmed", "entrez"):
        add(f'<PubMedPubDate PubStatus="{event}"><Year>{year}</Year><Month>{number}</Month><Day>{day}</Day></PubMedPubDate>')
    add(f'</History><PublicationStatus>ppublish</PublicationStatus><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>'
        f'<ArticleId IdType="doi">10.99999/inv.{pmid}</ArticleId></ArticleIdList><ReferenceList>')
    for _ in range(r.randint(0, 40) if r.random() < 0.5 else 0):
        add(f'<Reference><Citation>{words.sentence(14)}</Citation><ArticleIdList><ArticleId IdType="pubmed">'
            f'{r.randint(990000000, 999999999)}</ArticleId></ArticleIdList></Reference>')
    add("</ReferenceList></PubmedData></PubmedArticle>\n")
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=990000001)
    options = parser.parse_args()
    r = random.Random(options.seed)
    words = Words(r, 60000)
    journals = []
    for number in range(400):
        name = " ".join(w.capitalize() for w in words.some(3))
        journals.append((f"{1000 + number}-{number:04}", f"Journal of {name}", "J " + " ".join(w[:4] for w in name.split()),
                         str(99000000 + number)))
    with gzip.GzipFile(fileobj=sys.stdout.buffer, mode="wb", compresslevel=6, mtime=0) as out:
        out.write(b'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n')
        for number in range(options.count):
            out.write(record(options.first + number, r, words, journals).encode())
        out.write(b"</PubmedArticleSet>\n")


if __name__ == "__main__":
    main()
