"""Invented parts of works that bibliographic databases lack: books, reports, theses, web pages."""

PLACES = """London|New York|New York, NY|Oxford|Cambridge|Cambridge, MA|Philadelphia|Philadelphia, PA|Boston|Boston, MA|Geneva|Washington, DC|Washington DC
Chicago|Chicago, IL|Berlin|Heidelberg|Paris|Amsterdam|Dordrecht|San Francisco|Los Angeles|Baltimore|Baltimore, MD|St. Louis|St Louis, MO|Stuttgart
Edinburgh|Tokyo|Kyoto|Beijing|Shanghai|Sydney|Melbourne|Canberra|Toronto|Ottawa|Montreal, Canada|Mexico City|São Paulo|Rio de Janeiro|Buenos Aires
Madrid|Barcelona|Roma|Milano|Wien|Zürich|Basel|Bern|København|Copenhagen|Stockholm|Oslo|Helsinki|Leiden|The Hague|Brussels|Bruxelles|Luxembourg|Dublin
Manchester|Bristol|Thousand Oaks, CA|Hillsdale, NJ|Mahwah, NJ|Englewood Cliffs, NJ|Princeton, NJ|Berkeley|Stanford, CA|Ithaca|New Haven|Ann Arbor, MI|Atlanta, GA
Bethesda, MD|Rockville, MD|Hoboken, NJ|Upper Saddle River, NJ|Reading, MA|Hamburg|München|Frankfurt am Main|Göttingen|Leipzig|New Delhi|Mumbai|Singapore
Hong Kong|Seoul|Cape Town|Nairobi|Accra|Kampala|Cairo|Tehran|Jerusalem|Istanbul|Moscow|Warszawa|Praha|Budapest|Lisboa|Vienna, Austria|Geneva, Switzerland
London, UK|London, England|Oxford, UK|Cambridge, UK|Minneapolis|Durham, NC|Chapel Hill, NC|Seattle, WA|Denver, CO|Houston, TX|Austin, TX|Norwell, MA
Belmont, CA|Champaign, IL|Springfield, IL|Harmondsworth|Chichester|Hove|Aldershot|Basingstoke|Brighton|Sussex|Farnham|Cheltenham""".replace("\n", "|").split("|")

PUBLISHERS = """Springer|Springer-Verlag|Elsevier|Wiley|John Wiley & Sons|Wiley-Blackwell|Blackwell|Blackwell Science|Oxford University Press|Cambridge University Press
Academic Press|MIT Press|The MIT Press|Harvard University Press|Princeton University Press|Yale University Press|University of Chicago Press|University of California Press
McGraw-Hill|Lippincott Williams & Wilkins|Lippincott|Williams & Wilkins|Saunders|WB Saunders|W. B. Saunders|Mosby|Churchill Livingstone|Karger|Thieme|Marcel Dekker
CRC Press|Taylor & Francis|Routledge|Sage|Sage Publications|SAGE|Guilford Press|The Guilford Press|Erlbaum|Lawrence Erlbaum|Lawrence Erlbaum Associates|Psychology Press
American Psychological Association|American Psychiatric Press|American Psychiatric Publishing|American Psychiatric Association|World Health Organization|Pearson|Prentice Hall
Prentice-Hall|Addison-Wesley|Allyn and Bacon|Freeman|W. H. Freeman|Norton|W. W. Norton|Basic Books|Penguin|Random House|Macmillan|Palgrave Macmillan|Palgrave|Kluwer
Kluwer Academic|Plenum|Plenum Press|Raven Press|Humana Press|Human Kinetics|National Academy Press|National Academies Press|The National Academies Press|IOS Press|IEEE
IEEE Press|ACM|ACM Press|Gallimard|Seuil|PUF|Presses Universitaires de France|L'Harmattan|Armand Colin|Vrin|Suhrkamp|Mohr Siebeck|De Gruyter|Walter de Gruyter|Brill
Edward Elgar|Ashgate|Polity Press|Verso|Duke University Press|Stanford University Press|Cornell University Press|Johns Hopkins University Press|Morgan Kaufmann|O'Reilly
Birkhäuser|North-Holland|World Scientific|Nova Science Publishers|Jones & Bartlett|Butterworth-Heinemann|Pergamon|Pergamon Press|Science Press|People's Medical Publishing House
Government Printing Office|US Government Printing Office|HMSO|The Stationery Office|Department of Health|Open University Press|Wadsworth|Brooks/Cole|StataCorp|Jossey-Bass""".replace("\n", "|").split("|")

GROUPS = """World Health Organization|WHO|Centers for Disease Control and Prevention|National Institute for Health and Care Excellence|NICE|American Psychiatric Association
Institute of Medicine|Department of Health|US Department of Health and Human Services|UNICEF|UNAIDS|United Nations|European Commission|OECD|World Bank|Food and Agriculture Organization
National Institutes of Health|National Research Council|American Diabetes Association|American Heart Association|European Medicines Agency|Food and Drug Administration|R Core Team
R Development Core Team|International Committee of Medical Journal Editors|Headache Classification Committee of the International Headache Society (IHS)|Ministry of Health
Ministry of Health and Family Welfare|Statistics Canada|Australian Bureau of Statistics|Office for National Statistics|The Diabetes Control and Complications Trial Research Group
International Organization for Standardization|The EuroQol Group|GBD 2010 Collaborators|Alzheimer's Association|Scientific Advisory Committee on Nutrition|Cochrane Collaboration
Scottish Intercollegiate Guidelines Network|European Food Safety Authority|International Agency for Research on Cancer|National Bureau of Statistics|Central Bureau of Health""".replace("\n", "|").split("|")

TOPICS = """Statistics|Clinical Trials|Epidemiology|Neuroscience|Machine Learning|Artificial Intelligence|Information Retrieval|Software Engineering|Computer Vision|Databases
Human-Computer Interaction|Natural Language Processing|Parallel Computing|Cryptography|Graph Theory|Algebra|Number Theory|Probability|Quantum Mechanics|Optics|Thermodynamics
Fluid Mechanics|Materials Science|Organic Chemistry|Polymer Science|Geology|Oceanography|Climate Change|Ecology|Evolution|Genetics|Botany|Zoology|Agriculture|Forestry
Philosophy|Ethics|Aesthetics|Metaphysics|Modernity|Capitalism|Democracy|Nationalism|Colonialism|Gender|Migration|Social Theory|Anthropology|Archaeology|Linguistics|Rhetoric
Poetry|the Novel|Medieval History|the French Revolution|the Renaissance|Theology|Religion and Society|Music Theory|Film Studies|Art History|Architecture|Urban Planning|Education
Higher Education|Curriculum Development|Child Development|Social Psychology|Personality|Motivation|Memory|Cognition|Psychotherapy|Nursing|Public Health|Health Economics
Labor Economics|Monetary Policy|Game Theory|International Trade|Marketing|Management|Leadership|Accounting|Constitutional Law|Human Rights|International Relations|Security
Pain Management|Sports Medicine|Nutrition|Obesity|Dementia|Epilepsy|Migraine|Depression|Autism|Addiction|Palliative Care|Surgery|Anesthesia|Cardiology|Infectious Diseases""".replace("\n", "|").split("|")

SERIES = """Lecture Notes in Computer Science|Lecture Notes in Mathematics|Studies in Health Technology and Informatics|Methods in Molecular Biology|Oxford Studies in Linguistics
Springer Series in Statistics|WHO Technical Report Series|Handbook of Clinical Neurology|Advances in Experimental Medicine and Biology|Bibliothèque de la Pléiade""".replace("\n", "|").split("|")

SITES = """The New York Times|The Guardian|Le Monde|BBC News|Wikipedia|arXiv|bioRxiv|medRxiv|SSRN|Washington Post|Die Zeit|El País|PsyArXiv|Preprints|The Economist|Nature News""".replace("\n", "|").split("|")

GENRES = """PhD thesis|Ph.D. thesis|Doctoral dissertation|Master's thesis|Unpublished doctoral dissertation|Dissertation|MSc thesis|Thèse de doctorat|Diplomarbeit|PhD dissertation""".split("|")

PATTERNS = """Handbook of {}|The Handbook of {}|Principles of {}|Introduction to {}|An Introduction to {}|Foundations of {}|{}: A Practical Guide|{}: Theory and Practice|{}|{}
Advances in {}|Fundamentals of {}|The Oxford Handbook of {}|Essentials of {}|Textbook of {}|{} and Society|The History of {}|A History of {}|Rethinking {}|Perspectives on {}
Encyclopedia of {}|{} in Practice|The Politics of {}|{}: Concepts and Methods|Methods in {}|Manual of {}|{} for Beginners|Understanding {}|Current Trends in {}|The Nature of {}
Guidelines for {}|National survey of {}|Global report on {}|Strategy for {} 2010-2020|Lectures on {}|Essays on {}|{}: An Anthology|Beyond {}|{}: A Reader|Studies in {}""".replace("\n", "|").split("|")


def book_title(rng, topic):
    title = rng.choice(PATTERNS).format(topic)
    return title if rng.random() < 0.6 else title[0] + title[1:].lower()


PAPERS = """A {d} {n} for {t}|{d} {n}s in {t}|On the {n} of {t}|Towards a {d} {n} of {t}|The {n} of {t}|{t}: a {d} {n}|{t} as {n}|Why {t} matters|{t} revisited|What is {t}?|{d} {t}
Using {t} to study {n}s|{t} and the {n} of {u}|From {t} to {u}|{t} without {u}|The {d} {n} and its {u}|An evaluation of {d} {n}s for {t}|{u} through {t}|{n} and {n2} in {t}
Some remarks on {t}|A note on the {d} {n}|A {d} approach to {t}|{t}, {u}, and the {n} problem|Designing {d} {n}s|The {d} {n}: {t} and {u}|A survey of {t}|{n}s, {n2}s and {t}
Automatic {n} extraction using {t}|Learning {d} {n}s from {t}|The {t} project|{t} in the {d} age|Reply to comments on {t}|{t} at the {n}|Zur {n} der {u}|La {n} de {t}|Le {n} et le {n2}
Über {t} und {u}|L'{n} en {t}|Modelling {t} with {d} {n}s|The rise and fall of {t}|Between {t} and {u}|{t}: theory and {n}|Reading {t}|In defence of {t}|Notes toward a {n} of {t}""".replace("\n", "|").split("|")
NOUNS = """algorithm|model|theory|system|language|method|analysis|structure|network|grammar|logic|narrative|history|culture|identity|discourse|market|policy|state|text|image|body|memory|space|machine
process|architecture|protocol|compiler|interface|surface|crystal|field|equation|transform|estimator|code|graph|sign|novel|critique|practice|community|museum|archive|style|voice|landscape""".replace("\n", "|").split("|")
KINDS = """linear|distributed|parallel|adaptive|probabilistic|optimal|dynamic|semantic|visual|hidden|modern|political|cultural|comparative|critical|digital|robust|fast|efficient|nonlinear|recursive
medieval|postcolonial|early modern|lexical|statistical|hierarchical|real-time|object-oriented|quantum|social|moral|human|European|American|virtual|generic|formal|local|global""".replace("\n", "|").split("|")
MEETINGS = """Conference on|International Conference on|Symposium on|International Symposium on|Workshop on|Meeting on|Congress of|ACM Symposium on|IEEE Conference on|IEEE International Conference on
ACM SIGPLAN Conference on|Annual Meeting of the Association for|Joint Conference on|European Conference on|IFIP Working Conference on|Colloquium on""".replace("\n", "|").split("|")
ORDINALS = "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Twelfth Fifteenth Twentieth 2nd 3rd 4th 5th 8th 10th 11th 13th 21st 22nd 34th 1990 1995 '94 Annual".split()
ACRONYMS = "SCOT-HEART ACCORD ALLHAT HOPE PROGRESS DREAM ORIGIN CAPRIE SPRINT EUROPA ONTARGET INTERHEART CATIE MTA STAR*D PREDIMED".split()


def paper_title(rng):
    parts = dict(d=rng.choice(KINDS), n=rng.choice(NOUNS), n2=rng.choice(NOUNS), t=rng.choice(TOPICS), u=rng.choice(TOPICS))
    title = rng.choice(PAPERS).format(**parts)
    turn = rng.random()
    if turn < 0.35:
        return title[:1].upper() + title[1:].lower()
    if turn < 0.5:
        return title + ": " + rng.choice(PAPERS).format(**parts)
    return title.title() if turn < 0.8 else title[:1].upper() + title[1:]


def conference(rng):
    topic = rng.choice(TOPICS) + (" and " + rng.choice(TOPICS) if rng.random() < 0.3 else "")
    name = "%s %s" % (rng.choice(MEETINGS), topic)
    if rng.random() < 0.5:
        name = "%s %s" % (rng.choice(ORDINALS), name)
    if rng.random() < 0.7:
        name = rng.choice(["Proceedings of the ", "Proceedings of ", "Proc. ", "Proc. of the ", "Abstracts of the "]) + name
    if rng.random() < 0.2:
        name += rng.choice([" (%s)", ", %s", " %s"]) % rng.choice(["CHI", "ICML-94", "ACL", "POPL '91", "SIGMOD", "AAAI", "VLDB", "IROS '91"])
    return name


def group(rng):
    turn = rng.random()
    if turn < 0.2:
        return rng.choice(["The %s Investigators", "%s Study Group", "%s Investigators", "the %s Collaborative Group", "%s Research Group"]) % rng.choice(ACRONYMS)
    if turn < 0.3:
        return rng.choice(["Ministry of %s", "Department of %s", "National Institute of %s", "International Society for %s", "American Association of %s"]) % rng.choice(TOPICS)
    return rng.choice(GROUPS)
