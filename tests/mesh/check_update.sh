# check_update.sh BUILD: osler mesh update with invented descriptor files, whole, packed, damaged and wrong.
build=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export OSLER_MESH="$T/place/mesh.bin" OSLER_LIBRARY="$T/library.db" COLUMNS=100
failures=0

# equal WHAT ACTUAL EXPECTED
equal() {
    [ "$2" = "$3" ] && return
    failures=$((failures + 1))
    printf '%s is\n%s\nexpected\n%s\n' "$1" "$2" "$3"
}

# descriptor UI NAME NUMBERS TERM PERMUTED NOTE
descriptor() {
    printf '<DescriptorRecord DescriptorClass="1"><DescriptorUI>%s</DescriptorUI>\n<DescriptorName><String>%s</String></DescriptorName>\n' "$1" "$2"
    printf '<AllowableQualifiersList><AllowableQualifier><QualifierReferredTo><QualifierUI>Q000001</QualifierUI><QualifierName><String>not a term</String></QualifierName></QualifierReferredTo></AllowableQualifier></AllowableQualifiersList>\n'
    printf '<SeeRelatedList><SeeRelatedDescriptor><DescriptorReferredTo><DescriptorUI>D999999</DescriptorUI><DescriptorName><String>Not This</String></DescriptorName></DescriptorReferredTo></SeeRelatedDescriptor></SeeRelatedList>\n<TreeNumberList>'
    for number in $3; do printf '<TreeNumber>%s</TreeNumber>' "$number"; done
    printf '</TreeNumberList>\n<ConceptList><Concept PreferredConceptYN="Y"><ScopeNote>%s</ScopeNote><TermList><Term IsPermutedTermYN="N"><String>%s</String></Term><Term IsPermutedTermYN="N"><String>%s</String></Term><Term IsPermutedTermYN="Y"><String>%s</String></Term></TermList></Concept>' "$6" "$2" "$4" "$5"
    printf '<Concept PreferredConceptYN="N"><ScopeNote>Not this note.</ScopeNote></Concept></ConceptList></DescriptorRecord>\n'
}
{
    printf '<?xml version="1.0"?>\n<!DOCTYPE DescriptorRecordSet SYSTEM "https://nowhere.example/descriptors.dtd">\n<DescriptorRecordSet LanguageCode="eng">\n'
    descriptor D999903 'Thumb Piano Disease' 'C99.100.200' "Kalimba Player's Thumb" 'Disease, Thumb Piano' 'Invented; pain &amp; clicks.'
    descriptor D999901 'Musicians Diseases' 'C99.100 F99.7' 'Occupational Diseases of Musicians' 'Diseases, Musicians' 'Invented diseases of musicians.'
    descriptor D999902 'Harp Elbow' 'C99.100.300 C99.100.200.1' 'Elbow of the Harpist' 'Elbow, Harp' ''
    echo '</DescriptorRecordSet>'
} >"$T/desc.xml"
gzip -c "$T/desc.xml" >"$T/desc.xml.gz"

for file in desc.xml.gz desc.xml; do
    equal "the report on $file" "$("$build/osler" mesh update "$T/$file")" "3 headings, 9 terms: $OSLER_MESH"
done
equal "a heading" "$("$build/osler" mesh "kalimba players thumb")" "Thumb Piano Disease  D999903
tree numbers  C99.100.200
entry terms   Kalimba Player's Thumb
scope note
    Invented; pain & clicks.
narrower      1 (osler mesh expand D999903)"
equal "by its UI" "$("$build/osler" mesh d999902 | head -1)" "Harp Elbow  D999902"
equal "by a permuted term" "$("$build/osler" mesh "Diseases, Musicians" | head -1)" "Musicians Diseases  D999901"
equal "what is below" "$("$build/osler" mesh expand "musician disease")" "D999901     Musicians Diseases
D999903       Thumb Piano Disease
D999902       Harp Elbow"
equal "a typing error" "$("$build/osler" mesh "harp elbw" 2>&1)" "osler: the vocabulary has no heading 'harp elbw'
  did you mean Harp Elbow"
"$build/osler" mesh "Not This" >/dev/null 2>&1
equal "the status for what is only referred to" $? 3
equal "the built-in vocabulary" "$(OSLER_MESH=builtin "$build/osler" mesh D018781 | head -1)" "Tension-Type Headache  D018781"

# A vocabulary without the headings that profiles name still answers.
"$build/osler" import -q sample-bib/invented.xml >/dev/null || failures=$((failures + 1))
"$build/osler" evidence "tension headache" >"$T/out" 2>&1
equal "the status of a ranking" $? 0
grep -q '^ *1 ' "$T/out" || equal "the ranking" "$(cat "$T/out")" "some record"

# refused FILE TEXT: status 4, a sentence, and the vocabulary stays as it was.
cp "$OSLER_MESH" "$T/kept"
refused() {
    "$build/osler" mesh update "$1" >"$T/out" 2>&1
    equal "the status for $1" $? 4
    grep -qF "$2" "$T/out" || equal "what it says of $1" "$(cat "$T/out")" "$2"
    cmp "$OSLER_MESH" "$T/kept" || failures=$((failures + 1))
}
head -c 900 "$T/desc.xml" >"$T/cut.xml"
refused "$T/cut.xml" "cut.xml"
head -c 300 "$T/desc.xml.gz" >"$T/cut.xml.gz"
refused "$T/cut.xml.gz" "gz"
echo '<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>' >"$T/other.xml"
refused "$T/other.xml" "expected NLM's descriptor file"
echo '<DescriptorRecordSet></DescriptorRecordSet>' >"$T/empty.xml"
refused "$T/empty.xml" "no descriptors"
echo '<DescriptorRecordSet><DescriptorRecord><DescriptorUI>D1</DescriptorUI></DescriptorRecord></DescriptorRecordSet>' >"$T/nameless.xml"
refused "$T/nameless.xml" "expected a DescriptorUI and a DescriptorName"
printf '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><DescriptorRecordSet><DescriptorRecord><DescriptorUI>&b;</DescriptorUI></DescriptorRecord></DescriptorRecordSet>' >"$T/bomb.xml"
refused "$T/bomb.xml" "bomb.xml"
"$build/osler" mesh update "$T/nowhere.xml" >/dev/null 2>&1
equal "the status for a file that is not there" $? 3
OSLER_MESH=builtin "$build/osler" mesh update "$T/desc.xml" >/dev/null 2>&1
equal "the status without a place" $? 10

# A damaged vocabulary is as none: never a crash.
size=$(wc -c <"$T/kept")
for at in 1 9 13 20 30 60 90 200 $((size - 1)); do
    head -c $at "$T/kept" >"$OSLER_MESH"
    equal "cut at $at" "$("$build/osler" mesh D018781 | head -1)" "Tension-Type Headache  D018781"
    { head -c $at "$T/kept"; printf '\377\377\377'; tail -c +$((at + 4)) "$T/kept"; } >"$OSLER_MESH"
    "$build/osler" mesh "harp elbow" >/dev/null 2>&1
    [ $? -lt 100 ] || equal "the status with byte $at damaged" crashed sound
done
[ $failures = 0 ] && echo "all cases passed"
exit $((failures != 0))
