// Renders the items of make_items.py with citeproc-js, as a black box to compare with: for each style
// a line {"style", "entries": {id: html}, "citations": [text]} or {"style", "error"}.
//
//     node citeproc_js.cjs FOLDER_OF_CITEPROC LOCALES ITEMS.json STYLE.csl...
const fs = require("fs");
const path = require("path");

const [folder, locales, itemsFile, ...styles] = process.argv.slice(2);
const CSL = require(path.resolve(folder));
const data = JSON.parse(fs.readFileSync(itemsFile, "utf8"));
const items = Object.fromEntries(data.items.map(item => [item.id, item]));

const sys = {
    retrieveLocale(language) {
        for (const name of [language, "en-US"]) {
            const file = path.join(locales, `locales-${name}.xml`);
            if (fs.existsSync(file))
                return fs.readFileSync(file, "utf8");
        }
    },
    retrieveItem: id => JSON.parse(JSON.stringify(items[id])),
};

// The ids of the entries; works that print nothing have an id and no entry.
function printed(engine, made) {
    const ids = made[0].entry_ids.map(each => each[0]);
    if (ids.length === made[1].length)
        return ids;
    return ids.filter(id => {
        const alone = engine.makeBibliography({ include: [{ field: "id", value: id }] });
        return alone && alone[1].length > 0;
    });
}

function render(file) {
    const engine = new CSL.Engine(sys, fs.readFileSync(file, "utf8"));
    engine.opt.development_extensions.wrap_url_and_doi = false;
    engine.updateItems(data.items.map(item => item.id));
    const out = { style: path.basename(file, ".csl"), entries: {}, citations: [] };
    const made = engine.makeBibliography();
    if (made) {
        out.order = printed(engine, made);
        if (out.order.length !== made[1].length)
            throw new Error(`${out.order.length} ids of ${made[1].length} entries`);
        out.order.forEach((id, place) => { out.entries[id] = made[1][place].trim(); });
    }
    const before = [], texts = new Map();
    data.citations.forEach((ids, place) => {
        const id = `c${place}`;
        const note = engine.opt.xclass === "note" ? place + 1 : 0;
        const citation = { citationID: id, citationItems: ids.map(each => ({ id: each })),
                           properties: { noteIndex: note } };
        const [, changed] = engine.processCitationCluster(citation, before, []);
        before.push([id, note]);
        for (const [, text, changedId] of changed)
            texts.set(changedId, text);
    });
    out.citations = before.map(([id]) => texts.get(id));
    return out;
}

for (const file of styles) {
    let line;
    try {
        line = render(file);
    } catch (error) {
        line = { style: path.basename(file, ".csl"), error: String(error).slice(0, 300) };
    }
    fs.writeSync(1, JSON.stringify(line) + "\n");
}
