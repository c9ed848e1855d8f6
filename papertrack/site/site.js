"use strict";

// Search, filters and order of the papers. All that is shown is made of text nodes and of links
// that begin with http; nothing of the data is ever read as HTML.

const STEP = 50; // papers that are shown at once, and that a button adds
const FACETS = ["section", "venue", "year", "tag", "code"];

const data = JSON.parse(document.getElementById("Data").textContent);
const papers = data.papers;
const places = new Map(papers.map((paper, place) => [paper.key, place]));

/** What is asked for; an empty text asks for nothing. */
const state = { q: "", section: "", venue: "", year: "", tag: "", code: "", sort: "" };

let started = false;
let hits = []; // the places of the papers that were found, in order
let first = 0; // the part of them that is shown
let last = STEP;

// --- Elements ------------------------------------------------------------------------------------

const part = (id) => document.getElementById(id);
const controls = {
  q: part("Words"),
  sort: part("Order"),
  ...Object.fromEntries(
    FACETS.map((name) => [name, document.querySelector(`select[name=${name}]`)]),
  ),
};

/** Make an element; texts among its content become text nodes. */
function make(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/** Link a label to a web address; where there is none the label stands alone. */
function link(label, to) {
  if (!/^https?:\/\//i.test(to ?? "")) return document.createTextNode(label);
  return make("a", { href: to, rel: "noopener noreferrer" }, label);
}

/** Link a label to a view of this page. */
function view(label, wanted) {
  return make("a", { href: `#${new URLSearchParams(wanted)}` }, label);
}

// --- Search --------------------------------------------------------------------------------------

/** Fold case and accents as the texts of the papers are folded. */
function fold(text) {
  return Array.from(text.normalize("NFC"), foldLetter).join("");
}

function foldLetter(letter) {
  if (letter <= "\x7f") return letter.toLowerCase();
  if (Object.hasOwn(data.letters, letter)) return data.letters[letter];
  const bare = letter.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return bare.replace(/[^\p{L}\p{N}\s\x00-\x7f]/gu, "-").replace(/[^\S ]/gu, " ");
}

const PUNCTUATION = /[!-*,-/:-@[-`{-~]/g; // of ASCII, but for the plus sign, which is a letter here

/** Read words to look for: each parted by its punctuation, `u net`, and without it, `unet`. */
function needles(query) {
  const found = [];
  for (const word of fold(query).split(/\s+/)) {
    if (!/[\p{L}\p{N}]/u.test(word)) continue;
    const parted = word.replace(PUNCTUATION, " ").trim().replace(/ +/g, " ");
    // Several words must begin where a word does: `u-net` is no part of `menu network`.
    found.push([parted.includes(" ") ? ` ${parted}` : parted, word.replace(PUNCTUATION, "")]);
  }
  return found;
}

const holds = (text, [parted, whole]) => text.includes(parted) || text.includes(whole);

/** What each paper can be chosen by, in every facet. */
const values = papers.map((paper) => ({
  section:
    "section" in paper ? data.sections[paper.section].in.map((n) => data.sections[n].label) : [],
  venue: paper.venue ? [paper.venue] : [],
  year: paper.year ? [paper.year] : [],
  tag: paper.tags ?? [],
  code: [paper.code ? "yes" : "no"],
}));

/** Find the papers that are asked for, and count those that each other choice would find. */
function find() {
  const words = needles(state.q);
  const chosen = FACETS.filter((name) => state[name]);
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  const count = (place, name) => {
    for (const value of values[place][name]) {
      counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
  };
  hits = [];
  for (const place of data.orders[state.sort] ?? papers.keys()) {
    if (!words.every((word) => holds(papers[place].text, word))) continue;
    const missed = chosen.filter((name) => !values[place][name].includes(state[name]));
    if (missed.length === 0) {
      hits.push(place);
      for (const name of FACETS) count(place, name);
    } else if (missed.length === 1) {
      count(place, missed[0]); // another choice in this facet alone would find it
    }
  }
  return counts;
}

// --- The list ------------------------------------------------------------------------------------

/** Show the papers that were found, a part of them at a time. */
function show() {
  const list = part("List");
  const shown = hits.slice(first, last);
  const made = [];
  let section;
  for (const place of shown) {
    const paper = papers[place];
    if (!state.sort && paper.section !== section) {
      section = paper.section;
      made.push(make("h3", {}, data.sections[section].label));
    }
    made.push(card(paper, state.sort || section === undefined ? "h3" : "h4"));
  }
  if (first > 0) made.unshift(button("Show earlier papers", showEarlier));
  const more = hits.length - last;
  if (more > 0) made.push(button(`Show ${Math.min(STEP, more)} more of ${more}`, showMore));
  list.replaceChildren(...made);
}

function showEarlier() {
  first = Math.max(0, first - STEP);
  show();
  focus(papers[hits[first]].key);
}

function showMore() {
  const next = hits[last];
  last += STEP;
  show();
  focus(papers[next].key);
}

/** Go to the paper of a key, for the eye and for the keyboard. */
function focus(key) {
  part(key).focus({ preventScroll: true });
  part(key).scrollIntoView({ block: "start" });
}

function card(paper, level) {
  const made = make("article", { id: paper.key, tabindex: "-1" });
  made.append(make(level, {}, paper.name ? `${paper.name}: ` : "", link(paper.title, paper.url)));
  if (paper.authors) made.append(make("p", {}, paper.authors));
  const facts = [];
  if (paper.appeared) facts.push(document.createTextNode(paper.appeared));
  if (state.sort && paper.section !== undefined) {
    const label = data.sections[paper.section].label;
    facts.push(view(label, { section: label }));
  }
  for (const tag of paper.tags ?? []) facts.push(view(tag, { tag }));
  if (paper.cited && state.sort === "citations") facts.push(`${paper.cited} citations`);
  if (facts.length) made.append(make("p", { class: "facts" }, ...between(facts, " · ")));
  if (paper.remark) made.append(make("p", {}, paper.remark));
  made.append(links(paper));
  return made;
}

const between = (items, mark) => items.flatMap((item, n) => (n ? [mark, item] : [item]));

function links(paper) {
  const made = make("p", { class: "links" });
  if (paper.pdf) made.append(link("PDF", paper.pdf));
  for (const [label, to] of paper.code ?? []) {
    made.append(link(label === "code" ? label : `code: ${label}`, to));
  }
  for (const [label, to] of paper.links ?? []) made.append(link(label, to));
  made.append(button("Copy BibTeX", (event) => copy(paper, event.currentTarget)));
  made.append(make("a", { href: `#${paper.key}`, "aria-label": `Link to ${paper.title}` }, "#"));
  return made;
}

function button(label, action) {
  const made = make("button", { type: "button" }, label);
  made.addEventListener("click", action);
  return made;
}

// --- BibTeX --------------------------------------------------------------------------------------

/** Copy the citation of a paper; where the browser forbids it, show it. */
async function copy(paper, from) {
  const done = (await copied(paper.bibtex)) || copiedByHand(paper.bibtex);
  const card = from.closest("article");
  if (!done && !card.querySelector("pre"))
    card.append(make("pre", { tabindex: "0" }, paper.bibtex));
  from.focus();
  from.textContent = done ? "Copied" : "BibTeX is below";
  setTimeout(() => (from.textContent = "Copy BibTeX"), 2000);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission, or a page that was not loaded over a safe connection
  }
}

function copiedByHand(text) {
  const area = make("textarea", { "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

// --- Controls ------------------------------------------------------------------------------------

/** Fill a facet with what can be chosen; sections stand under those around them. */
function fill(name) {
  const select = controls[name];
  const labels = name === "section" ? data.sections.map(({ label }) => label) : data.facets[name];
  select.append(make("option", { value: "" }, "All"));
  for (const label of labels) select.append(make("option", { value: label }));
  select.closest("p").hidden = labels.length === 0;
}

/** Say behind each choice how many papers it finds. */
function tell(name, counts) {
  for (const option of controls[name].options) {
    if (!option.value) continue;
    const number = counts.get(option.value) ?? 0;
    const text = `${option.value} (${number})`;
    if (option.textContent !== text) option.textContent = text;
    option.hidden = !number && option.value !== state[name];
  }
}

function status() {
  const all = papers.length === 1 ? "1 paper" : `${papers.length} papers`;
  const found = hits.length === papers.length ? all : `${hits.length} of ${all}`;
  part("Status").textContent = hits.length || !papers.length ? found : `${found}: nothing matches`;
}

/** Bring the whole page to what is asked for. */
function update() {
  const counts = find();
  for (const name of FACETS) tell(name, counts[name]);
  for (const [name, control] of Object.entries(controls)) {
    if (control.value !== state[name]) control.value = state[name];
  }
  part("Clear").hidden = !Object.values(state).some(Boolean);
  status();
  show();
}

function ask(changes) {
  Object.assign(state, changes);
  first = 0;
  last = STEP;
  update();
}

const NOTHING = Object.fromEntries(Object.keys(state).map((name) => [name, ""]));

// --- Addresses -----------------------------------------------------------------------------------

let writing; // browsers refuse an address that changes with every key that is pressed

function writeAddress() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    const asked = Object.entries(state).filter(([, value]) => value);
    const there = location.href.split("#")[0];
    const hash = asked.length ? `#${new URLSearchParams(asked)}` : "";
    history.replaceState(null, "", there + hash);
  }, 300);
}

/** Show what the address asks for: `#q=brain&year=2018`, or a paper by its key. */
function readAddress() {
  const followed = started; // a link of the page, and no address that the page began with
  started = true;
  const hash = location.hash.slice(1);
  if (hash.includes("=")) {
    const asked = new URLSearchParams(hash);
    const known = Object.keys(state).filter((name) => isKnown(name, asked.get(name)));
    ask({ ...NOTHING, ...Object.fromEntries(known.map((name) => [name, asked.get(name)])) });
    if (followed) part("Papers").focus(); // the link itself is gone with the list it stood in
  } else if (places.has(hash)) {
    reveal(hash);
  } else if (!hash || !followed) {
    ask(NOTHING); // another anchor of the page leaves the list as it is
  }
}

/** Tell whether a part of an address says something that can be chosen here. */
function isKnown(name, value) {
  if (!value) return false;
  return name === "q" || [...controls[name].options].some((option) => option.value === value);
}

/** Show a paper among those that were found, or else among all. */
function reveal(key) {
  if (!hits.includes(places.get(key))) ask(NOTHING);
  const at = hits.indexOf(places.get(key));
  if (at < first || at >= last) {
    first = at - (at % STEP);
    last = first + STEP;
  }
  update();
  focus(key);
}

// --- Themes --------------------------------------------------------------------------------------

const root = document.documentElement;

function isDark() {
  return root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
}

function toggleTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  part("Theme").setAttribute("aria-pressed", String(isDark()));
  try {
    localStorage.setItem("papertrack-theme", root.dataset.theme);
  } catch {
    // the choice holds until the page is closed
  }
}

function restoreTheme() {
  try {
    const kept = localStorage.getItem("papertrack-theme");
    if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  } catch {
    // the system chooses
  }
  part("Theme").setAttribute("aria-pressed", String(isDark()));
}

// --- Start ---------------------------------------------------------------------------------------

FACETS.forEach(fill);
restoreTheme();
controls.q.addEventListener("input", () => ask({ q: controls.q.value }));
controls.q.addEventListener("input", writeAddress);
for (const [name, control] of Object.entries(controls)) {
  if (name === "q") continue;
  control.addEventListener("change", () => ask({ [name]: control.value }));
  control.addEventListener("change", writeAddress);
}
part("Clear").addEventListener("click", () => {
  ask(NOTHING);
  writeAddress();
  controls.q.focus();
});
part("Theme").addEventListener("click", toggleTheme);
addEventListener("hashchange", readAddress);
part("Theme").hidden = false;
part("Search").hidden = papers.length === 0;
readAddress();
