"""References in the manner of BibTeX's standard styles and of the humanities, labeled as they are made.

CSL styles seldom print what their writers never needed: initials first, "In A. Name, editor,",
"volume 12 of Series", technical reports, "to appear", a publisher before its place.
"""
import re

from invented import (GENRES, NOUNS, PLACES, PUBLISHERS, SERIES, TOPICS, book_title, conference, group, paper_title)

STATES = """Alabama|Arizona|California|Colorado|Connecticut|Florida|Georgia|Illinois|Indiana|Kansas|Maryland|Massachusetts|Michigan|Minnesota|Missouri|New Jersey|New Mexico|New York
North Carolina|Ohio|Oregon|Pennsylvania|Tennessee|Texas|Utah|Virginia|Washington|Wisconsin|AL|AZ|CA|CO|CT|FL|GA|IL|IN|MA|MD|MI|MN|NC|NJ|NM|NY|OH|OR|PA|TX|UT|VA|WA|WI|Mass.|Calif.|Conn.|Ill.|Tex.
D.C.|D. C.|DC|Ontario|Quebec""".replace("\n", "|").split("|")
COUNTRIES = """Australia|Austria|Belgium|Brazil|Canada|China|Denmark|England|Finland|France|Germany|Greece|Hong Kong|Hungary|India|Ireland|Israel|Italy|Japan|Korea|Mexico|Netherlands|the Netherlands|The Netherlands
New Zealand|Norway|Poland|Portugal|Scotland|Singapore|Spain|Sweden|Switzerland|Taiwan|Turkey|UK|U.K.|USA|U.S.A.|United Kingdom|United States|West Germany""".replace("\n", "|").split("|")
TOWNS = """Pittsburgh|Orlando|San Diego|Santa Clara|Portland|Atlanta|Chicago|Austin|Dallas|Seattle|Boulder|Palo Alto|San Mateo|Los Alamitos|Menlo Park|Redwood City|Nashville|Snowbird|Las Vegas|White Plains
Providence|Madison|Amherst|Urbana|Bloomington|Pasadena|Newport Beach|Charleston|Savannah|Kobe|Osaka|Nagoya|Sydney|Perth|Edinburgh|Glasgow|Leeds|Toulouse|Marseille|Nancy|Karlsruhe|Dortmund|Kaiserslautern|Saarbrücken
Linz|Graz|Trento|Pisa|Bologna|Torino|Genova|Barcelona|Valencia|Porto|Aarhus|Uppsala|Tampere|Delft|Utrecht|Eindhoven|Twente|Leuven|Ghent|Vancouver|Montreal|Quebec City|Waterloo|Haifa|Bangalore|Taipei|Pusan|Cancun
Kraków|Bratislava|Ljubljana|Dubrovnik|Athens|Patras|Ankara|Reykjavik|Bergen|Trondheim|Lausanne|Geneva|Zurich|Lugano|Nantes|Rennes|Grenoble|Lyon|Bordeaux|Firenze|Napoli|Salamanca|Sevilla|Coimbra""".replace("\n", "|").split("|")
OFFICES = """Department of {}|Dept. of {}|Dept of {}|School of {}|{} Department|{} Dept.|Institute of {}|Institute for {}|Faculty of {}|{} Division|{} Laboratory|Laboratory for {}|Center for {}|Centre for {}|Division of {}""".split("|")
FIELDS = "Computer Science|Computing|Computing Science|Mathematics|Electrical Engineering|Information Science|Physics|Linguistics|Psychology|Philosophy|Mechanical Engineering|Economics|History|Geology|Statistics|Applied Mathematics|Cognitive Science".split("|")
SCHOOLS = """University of {}|University of {}|{} University|{} University|Technical University of {}|Universität {}|Université de {}|{} Institute of Technology|Università di {}|Universidad de {}|Universidade de {}|{} State University|{} College|{} Polytechnic""".split("|")
REPORTS = """Technical Report|Technical report|Tech. Rep.|Tech. Report|Tech. rep.|Research Report|Working Paper|Internal Report|Report|Memo|AI Memo|Rapport de recherche|Technical Note|Discussion Paper|Report No.""".split("|")
FRESH = """To appear|to appear|In press|in press|Forthcoming|Submitted for publication|submitted|Submitted|Unpublished|In preparation|Accepted for publication|Reprinted|Invited paper|Extended abstract|Preliminary version""".split("|")
DRAFTS = "Manuscript|Unpublished manuscript|Draft|Draft paper|Preprint|Personal communication|Lecture notes|Course notes|Master's thesis|Unpublished paper".split("|")
SOURCES = ["Available at", "Available from", "Retrieved from", "URL", "URL:", "Available:", "Online at", "[Online]. Available:", "available at", "Retrieved May 3, 2009, from", "Disponible sur", "See"]
MONTHS = "January February March April May June July August September October November December".split()
EDITED = ["editors", "editor", "eds.", "ed.", "Eds.", "Ed.", "Editors", "(Eds.)", "(Ed.)", "(eds.)", "(ed.)", "(eds)", "(Hrsg.)", "(a cura di)", "(dir.)", "(éds.)", "(sous la dir. de)", "(org.)", "(coord.)"]


class Maker:
    """Draws references from facts: titles, people, journals, books, meetings, publishers, places."""

    def __init__(self, rng, facts):
        self.rng, self.facts = rng, facts

    def pick(self, *options):
        return self.rng.choice(options)

    def chance(self, share):
        return self.rng.random() < share

    def place(self):
        town = self.rng.choice(TOWNS + self.facts["places"]) if self.chance(0.6) else self.rng.choice(PLACES)
        if "," in town or self.chance(0.35):
            return town
        if self.chance(0.12):
            return "%s, %s, %s" % (town, self.rng.choice(STATES), self.pick("USA", "U.S.A.", "Canada"))
        return "%s, %s" % (town, self.rng.choice(STATES if self.chance(0.5) else COUNTRIES))

    def school(self):
        town = self.rng.choice(TOWNS + [s for s in STATES if len(s) > 4])
        name = self.rng.choice(SCHOOLS).format(town)
        if self.chance(0.5):
            office = self.rng.choice(OFFICES).format(self.rng.choice(FIELDS) + (" and " + self.rng.choice(FIELDS) if self.chance(0.1) else ""))
            name = "%s, %s" % ((office, name) if self.chance(0.75) else (name, office))
        return name

    def publisher(self):
        name = self.rng.choice(PUBLISHERS + self.facts["publishers"])
        if self.chance(0.12):
            name += self.pick(", Inc.", " Inc.", ", Ltd.", " Ltd", " & Co.", " Verlag", " Publishers", " Publishing Company", " and Sons", " B.V.", " Press", " GmbH", " Editore")
        elif self.chance(0.06):
            name = self.pick("Éditions ", "Ed. ", "Editions ", "Verlag ", "Editorial ", "Editora ", "Librairie ") + name
        return name

    def number(self):
        letters = "".join(self.rng.choice("ABCDEIKLMNPRSTU") for _ in range(self.rng.randint(2, 5)))
        return self.pick("%d" % self.rng.randint(1, 999), "TR-%d-%d" % (self.rng.randint(80, 99), self.rng.randint(1, 99)),
                         "%s-%d-%d" % (letters, self.rng.randint(80, 99), self.rng.randint(1, 99)), "%s-%d" % (letters, self.rng.randint(1, 999)),
                         "No. %d" % self.rng.randint(1, 500), "TR %d-%d" % (self.rng.randint(80, 99), self.rng.randint(1, 99)),
                         "%s TR%d" % (letters, self.rng.randint(1, 99)), "%s/%d" % (letters, self.rng.randint(1, 99)), "CS-%d" % self.rng.randint(1, 99))

    def meeting(self):
        name = self.rng.choice(self.facts["meetings"]) if self.facts["meetings"] and self.chance(0.35) else conference(self.rng)
        if self.chance(0.25):
            for long, short in (("Proceedings", "Proc."), ("International", "Int."), ("Conference", "Conf."), ("Symposium", "Symp.")):
                name = name.replace(long, short) if self.chance(0.7) else name
        if self.chance(0.12):
            name = self.pick("Proc. of %s-%d", "Proceedings of %s-%d", "%s '%d", "%s'%d", "Proc. %s %d", "Proceedings %s-%d", "%s-%d") % (
                "".join(self.rng.choice("ACDEILMPRSTU") for _ in range(self.rng.randint(3, 6))), self.rng.randint(80, 99))
        return name

    def book(self):
        if self.facts["books"] and self.chance(0.5):
            return self.rng.choice(self.facts["books"])
        title = book_title(self.rng, self.rng.choice(TOPICS))
        if self.chance(0.3):
            title += self.pick(": ", ". ", " - ") + paper_title(self.rng)
        return title

    def title(self):
        pool = self.facts["papers"] if self.chance(0.5) and self.facts["papers"] else self.facts["titles"]
        return paper_title(self.rng) if self.chance(0.35) else self.rng.choice(pool)

    def people(self, most=6):
        many = self.rng.choice([1, 1, 1, 2, 2, 2, 3, 3, 4, most])
        return [self.rng.choice(self.facts["people"]) for _ in range(many)]

    # How people are printed: a form drawn once for a reference.
    def drawn_form(self):
        return {"order": self.pick("first", "first", "last", "last", "full first", "full last", "mixed"), "dots": self.pick(". ", ". ", ".", "", " "),
                "join": self.pick(" and ", ", and ", " & ", ", & ", "; ", ", "), "upper": self.chance(0.08), "comma": self.chance(0.93),
                "last": self.chance(0.85), "etal": self.chance(0.05)}

    def initials(self, given, form):
        letters = [word[0].upper() for word in re.findall(r"\w+", given)] or ["J"]
        if len(letters) == 1 and self.chance(0.3):
            letters.append(self.rng.choice("ABCDEFGHJKLMPRSTW"))
        dots = form["dots"]
        return (dots.join(letters) + dots.strip()).strip()

    def name(self, person, form, index):
        family, given = person
        family = family.upper() if form["upper"] else family
        order = form["order"]
        if order == "mixed":
            order = "full last" if index == 0 else "full first"
        first = given if "full" in order and len(given) > 2 else self.initials(given, form)
        if "first" in order:
            return "%s %s" % (first, family)
        return "%s%s %s" % (family, "," if form["comma"] else "", first)

    def names(self, people, form):
        printed = [self.name(person, form, i) for i, person in enumerate(people)]
        if len(printed) > 1 and form["etal"]:
            return printed[0] + self.pick(" et al.", ", et al.", " et al", " and others")
        if len(printed) < 2:
            return printed[0]
        comma = "; " if form["join"] == "; " or (not form["comma"] and self.chance(0.2)) else ", "
        join = form["join"]
        if len(printed) == 2 and join.startswith(", ") and "first" in form["order"]:
            join = join[1:] if len(join) > 2 else " and "
        return comma.join(printed[:-1]) + join + printed[-1]

    def date(self):
        year = self.rng.randint(1955, 2012)
        turn = self.rng.random()
        month = self.rng.choice(MONTHS)
        if self.chance(0.25):
            month = month[:3] + self.pick(".", "")
        if turn < 0.6:
            return "%d%s" % (year, self.pick("", "", "", "", "a", "b"))
        if turn < 0.85:
            return "%s %d" % (month, year)
        if turn < 0.9:
            return "%s, %d" % (month, year)
        if turn < 0.95:
            return "%s %d%s, %d" % (month, self.rng.randint(1, 27), self.pick("", "-%d" % self.rng.randint(28, 31)), year)
        return "%d %s %d" % (self.rng.randint(1, 28), month, year)

    def pages(self, behind):
        first = self.rng.randint(1, 1200)
        last = first + self.rng.randint(1, 40)
        dash = self.pick("-", "-", "–", "--", " - ")
        lead = self.pick("pages ", "pages ", "pp. ", "pp. ", "pp ", "p. ", "") if behind else ""
        if self.chance(0.08):
            return "%s%d" % (self.pick("page ", "p. "), first)
        text = "%s%d%s%d" % (lead, first, dash, last)
        return "(%s)" % text if behind and self.chance(0.08) else text

    def journal(self):
        full, short = self.rng.choice(self.facts["well_known"] if self.chance(0.3) else self.facts["journals"])
        if self.chance(0.3):
            return "%s %s" % (self.pick("Journal of", "Transactions on", "IEEE Transactions on", "ACM Transactions on", "Annals of", "Communications in", "Review of", "Journal of the", "J. of", "Revue de", "Zeitschrift für"), self.rng.choice(TOPICS))
        if self.chance(0.4):
            return re.sub(r"(\w{2,})(?= |$)", lambda m: m[0] if m[0] in full else m[0] + ".", short)
        return full

    # The parts of a reference, in order: [label, text, what stands behind].
    def article(self, stop):
        volume, issue = "%d" % self.rng.randint(1, 120), "%d" % self.rng.randint(1, 12)
        pages = self.pages(False)
        form = self.rng.randint(0, 6)
        out = [["container", self.journal(), self.pick(", ", ", ", " ", ". ")]]
        if form == 0:
            out += [["volume", volume, ""], ["issue", "(%s)" % issue, self.pick(":", ": ", ", ")], ["pages", pages, stop]]
        elif form == 1:
            out += [["volume", self.pick("vol. ", "Vol. ", "vol ") + volume, ", "], ["issue", self.pick("no. ", "No. ", "nr. ", "n. ", "n° ") + issue, ", "], ["pages", self.pages(True), stop]]
        elif form == 2:
            out += [["volume", volume, self.pick(":", ", ", ": ")], ["pages", pages, stop]]
        elif form == 3:
            out += [["volume", volume, ", "], ["issue", issue, " "], ["date", "(%s)" % self.date(), ", "], ["pages", pages, stop]]
        elif form == 4:
            out += [["volume", volume, " "], ["date", "(%s)" % self.date(), " "], ["pages", pages, stop]]
        elif form == 5:
            out += [["volume", volume, stop]]
        return out

    def editors(self, form):
        people, word = self.people(3), self.rng.choice(EDITED)
        if word.startswith("editor"):
            word = "editors" if len(people) > 1 else "editor"
        form = dict(form, order="first" if self.chance(0.5) else form["order"], etal=False)
        return self.names(people, form) + (" " if word[0] == "(" else self.pick(", ", ", ", " ")) + word

    def series(self, stop):
        volume = "%d" % self.rng.randint(2, 900)
        name = self.rng.choice(SERIES + self.facts["series"])
        return self.pick([["volume", "volume " + volume, " "], ["container", "of " + name, stop]], [["volume", "Vol. " + volume, ", "], ["container", name, stop]],
                         [["container", name, self.pick(", ", " ")], ["volume", volume, stop]], [["container", name, stop]])

    def house(self, stop):
        """Publisher and place in their orders."""
        publisher, place = ["publisher", self.publisher(), stop], ["place", self.place(), stop]
        turn = self.rng.random()
        if turn < 0.3:
            return [publisher]
        if turn < 0.4:
            return [place]
        if turn < 0.7:
            return [["place", place[1], self.pick(": ", ": ", " : ", ", ")], publisher]
        return [["publisher", publisher[1], self.pick(", ", ", ", ". ")], place]

    def chapter(self, form, stop, meeting):
        lead, comma = self.pick("In ", "In ", "In: ", "in ", "in: ", "", "dans "), self.pick(", ", ", ", ". ")
        name = self.meeting() if meeting else self.book()
        out = []
        if self.chance(0.25 if meeting else 0.75):
            out.append(["editor", lead + self.editors(form), self.pick(", ", ", ", " ", ": ")])
            out.append(["container", name, comma])
        else:
            out.append(["container", lead + name, comma if not meeting or self.chance(0.9) else " "])
        if self.chance(0.15):
            out += self.series(comma)
        rest = []
        if meeting and self.chance(0.45):
            place = self.place()
            rest.append(["place", "(%s)" % place if self.chance(0.12) else place, comma])
        if self.chance(0.7):
            rest.append(["pages", self.pages(True), comma])
        if len(rest) == 2 and self.chance(0.5):
            rest.reverse()
        out += rest
        if self.chance(0.35 if meeting else 0.85):
            out += self.house(stop)
        return out

    def one_book(self, form, stop):
        out = []
        if self.chance(0.12):
            out += self.series(stop)
        if self.chance(0.12):
            out.append(["edition", self.pick("2nd edition", "second edition", "3rd ed.", "2. Aufl.", "2nd ed.", "rev. ed.", "first edition", "4th edn", "2e éd."), stop])
        return out + self.house(stop)

    def thesis(self, stop):
        out = [["genre", self.rng.choice(GENRES + ["PhD thesis", "Ph.D. thesis", "Ph.D. dissertation", "Master's thesis", "Thèse", "Ph. D. Thesis", "Doctoral thesis", "M.S. thesis", "Habilitationsschrift"]), self.pick(", ", ", ", ". ")],
               ["publisher", self.school(), stop]]
        if self.chance(0.35):
            out.append(["place", self.place(), stop])
        return out

    def report(self, stop):
        genre = self.rng.choice(REPORTS)
        genre += " " + self.number() if self.chance(0.75) else ""
        out = [["genre", genre, self.pick(", ", ", ", ". ")], ["publisher", self.school() if self.chance(0.65) else group(self.rng) if self.chance(0.5) else self.publisher(), stop]]
        if self.chance(0.35):
            out.append(["place", self.place(), stop])
        return out

    def misc(self, stop):
        turn = self.rng.random()
        if turn < 0.4:
            return [["genre", self.rng.choice(DRAFTS), stop]]
        if turn < 0.7:
            return [["other", self.rng.choice(FRESH), stop]]
        link = "%s%s.%s/%s" % (self.pick("http://www.", "http://", "www.", "ftp://ftp."), self.rng.choice(NOUNS), self.pick("edu", "org", "com", "fr", "de", "ac.uk"),
                               self.pick("", "~smith/paper.ps", "papers/%d.pdf" % self.rng.randint(1, 99), "index.html", "article.php?id=%d" % self.rng.randint(1, 999)))
        return [["other", self.rng.choice(SOURCES), " "], ["url", link, stop]]

    def reference(self):
        """Parts [label, text] of one reference, marks and spaces with the part before."""
        form, stop = self.drawn_form(), self.pick(", ", ", ", ". ")
        kind = self.rng.choices(["article", "meeting", "chapter", "book", "thesis", "report", "misc"], [22, 26, 14, 20, 6, 8, 4])[0]
        early, mark = self.chance(0.42), self.pick(". ", ". ", ", ", " ")
        parts = [["author", self.names(self.people(), form), mark]]
        if kind == "book" and self.chance(0.12):
            parts = [["editor", self.editors(form), mark]]
        if self.chance(0.04):
            parts = [["author", group(self.rng), mark]]
        if early:
            year = self.date()
            parts.append(["date", self.pick("(%s)" % year, "(%s)" % year, year, "[%s]" % year), self.pick(". ", ". ", ", ", ": ", " ")])
        title = self.book() if kind == "book" else self.title()
        if kind != "book" and self.chance(0.25) or self.chance(0.02):
            opened, closed = self.pick(("“", "”"), ('"', '"'), ("``", "''"), ("‘", "’"), ("« ", " »"))
            parts.append(["title", opened + title + self.pick(",", ".", "") + closed, self.pick(" ", ", ")])
        else:
            parts.append(["title", title, " " if title.endswith("?") else self.pick(". ", ". ", ", ")])
        parts += {"article": lambda: self.article(stop), "meeting": lambda: self.chapter(form, stop, True), "chapter": lambda: self.chapter(form, stop, False),
                  "book": lambda: self.one_book(form, stop), "thesis": lambda: self.thesis(stop), "report": lambda: self.report(stop),
                  "misc": lambda: self.misc(stop)}[kind]()
        if not early and not any(part[0] == "date" for part in parts) and self.chance(0.96):
            parts.append(["date", self.date(), stop])
        if self.chance(0.06) and kind != "misc":
            parts[-1][2] = ". "
            parts += self.misc(". ") if self.chance(0.5) else [["other", self.rng.choice(FRESH), ". "]]
        parts[-1][2] = "." if self.chance(0.9) else ""
        if self.chance(0.05):
            parts.insert(0, ["number", self.pick("[%d]", "%d.", "(%d)", "[Smi%d]") % self.rng.randint(1, 99), " "])
        return [[label, text + behind] for label, text, behind in parts]
