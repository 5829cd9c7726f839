// Names of files that were given and are not added yet, kept in the tab: a server that dies forgets them. Draws one line.

const UNADDED = "surveyqa-unadded";
const MOST_NAMED = 3;

// sending: on their way to the server; working: those that it says it has; lost: those that it forgot
let before = JSON.parse(sessionStorage.getItem(UNADDED) || "null") || { sending: [], working: [], lost: [] };
const names = { sending: [], working: [], lost: before.lost };

const last = (name) => name.split("/").pop();
const keepNames = (changed) => {
  Object.assign(names, changed);
  if (Object.values(names).some((some) => some.length)) sessionStorage.setItem(UNADDED, JSON.stringify(names));
  else sessionStorage.removeItem(UNADDED);
};

const given = (more) => keepNames({ sending: [...names.sending, ...more], lost: names.lost.filter((name) => !more.includes(name)) });
const ungiven = (name) => keepNames({ sending: names.sending.filter((one) => one !== name) });

// What the page before this one gave is lost where the server knows nothing of it.
const compare = (known, isIdle) => {
  const lost = [...names.lost, ...before.sending, ...(isIdle ? before.working : [])].filter((name) => !known.has(last(name)));
  before = null;
  keepNames({ lost: [...new Set(lost)] });
};

const noteNames = (items, busy, isSending) => {
  const known = new Set(items.map(({ name }) => last(name || "")));
  if (before) compare(known, !items.length && !busy);
  const working = items.filter(({ status }) => ["waiting", "fetching", "reading"].includes(status)).map(({ name }) => name || "");
  keepNames({ working, sending: isSending ? names.sending.filter((name) => !known.has(last(name))) : [] });
};

const lostLine = (redrawn) => {
  const { lost } = names;
  if (!lost.length) return null;
  const rest = lost.length - MOST_NAMED;
  const said = { count: lost.length, names: lost.slice(0, MOST_NAMED).map(last).join(", "), rest };
  return make("div", { class: "running unadded" }, make("div", { class: "line" },
    make("p", { class: "reason", role: "status" }, fill(rest > 0 ? words().unadded_more : words().unadded, said)),
    make("button", { type: "button", class: "close", "data-key": "unadded", title: words().dismiss, "aria-label": words().dismiss, click: () => {
      keepNames({ lost: [] });
      redrawn();
    } }, icon("M7 7l10 10M17 7L7 17"))));
};

