// Files dropped or chosen in, requests to the server out, one at a time. Shows only the place to drop them.

const MOST_FILES = 5000;
const LATEX = [".tex", ".ltx", ".latex"];
const BESIDE = [".bib", ".bbl", ".sty"]; // read with a LaTeX source, and no papers themselves
const TOLD_MS = 150;

let waiting = [];
let request = null;
let sent = { done: 0, total: 0, bytes: 0, all: 0 };
let toldAt = 0;
let depth = 0;

const ends = (name, suffixes) => suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
const id = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const overlay = make("div", { class: "drop-zone", hidden: true, "aria-hidden": "true" });
const drawOverlay = () => redraw(overlay, make("div", {}, icon("M12 16V5M7 10l5-5 5 5M5 19h14"), make("p", { class: "lead" }, words().drop), make("p", {}, words().drop_hint)));

const report = (now = true) => {
  if (!now && Date.now() - toldAt < TOLD_MS) return;
  toldAt = Date.now();
  tell("transfer", request || waiting.length ? { done: sent.done, total: sent.total, part: sent.all ? sent.bytes / sent.all : 0 } : null);
};

const fail = (name, reason, detail = null) => {
  tell("transfer-failed", { name, reason, words: detail });
};

// What a drop has got: its keys are given on at once, or all at the end where files belong together.
const finished = (one, key) => {
  const { drop } = one;
  drop.left -= 1;
  sent.done += 1;
  if (key && !ends(one.name, BESIDE)) drop.keys.push(key);
  const ended = drop.left === 0;
  if (drop.keys.length || ended) {
    if (ended || !drop.together) tell("uploaded", { drop: drop.id, keys: drop.keys.splice(0), ended });
  }
  next();
};

const answered = (one) => {
  const was = request;
  request = null;
  let answer = {};
  try {
    answer = JSON.parse(was.responseText);
  } catch { /* an answer of something between here and the server */ }
  if (was.status !== 200) fail(one.name, answer.reason || "lost", answer.words);
  finished(one, was.status === 200 ? answer.key : null);
};

const send = (one) => {
  const before = sent.bytes;
  request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded }) => {
    sent.bytes = before + Math.min(loaded, one.file.size);
    report(false);
  };
  request.onload = () => {
    sent.bytes = before + one.file.size;
    answered(one);
  };
  request.onerror = () => {
    request = null;
    fail(one.name, "lost");
    finished(one, null);
  };
  request.onabort = () => { request = null; };
  request.open("POST", `${new URL(`.${props.address}`, location.href)}?drop=${one.drop.id}&name=${encodeURIComponent(one.name)}`);
  request.send(one.file);
  report();
};

const next = () => {
  const one = waiting.shift();
  if (one) send(one);
  else sent = { done: 0, total: 0, bytes: 0, all: 0 };
  report();
};

const take = (files) => {
  if (files.length > MOST_FILES) return tell("transfer-failed", { name: null, reason: "too_many", count: MOST_FILES });
  const fitting = files.filter(({ file }) => file.size <= props.most_bytes);
  files.filter(({ file }) => file.size > props.most_bytes).forEach(({ name }) => fail(name, "too_large"));
  if (!fitting.length) return null;
  const drop = { id: id(), left: fitting.length, keys: [], together: fitting.some(({ name }) => ends(name, LATEX)) };
  waiting.push(...fitting.map((one) => ({ ...one, drop })));
  sent.total += fitting.length;
  sent.all += fitting.reduce((sum, { file }) => sum + file.size, 0);
  tell("given", { names: fitting.map(({ name }) => name).filter((name) => !ends(name, BESIDE)) });
  tell("transfer-begun");
  if (!request) next();
  return null;
};

const ofFolder = (files) => files.filter(({ name }) => ends(name, props.suffixes) && !name.split("/").some((part) => part.startsWith(".")));

const children = async (folder) => {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return found;
    found.push(...some);
  }
};

const walk = async (entry, found) => {
  if (found.length > MOST_FILES) return;
  if (entry.isFile) found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), name: entry.fullPath.replace(/^\//, "") });
  else for (const child of await children(entry)) await walk(child, found);
};

const dropped = async (transfer) => {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => item.webkitGetAsEntry?.() || item.getAsFile());
  const single = [];
  for (const entry of entries.filter(Boolean)) {
    if (entry instanceof File) single.push({ file: entry, name: entry.name });
    else if (entry.isFile) await walk(entry, single);
    else {
      const found = [];
      await walk(entry, found);
      const papers = ofFolder(found);
      if (papers.length) take(papers);
      else fail(entry.name, "no_papers");
    }
  }
  if (single.length) take(single.map(({ file }) => ({ file, name: file.name })));
};

const isFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");

const show = (yes) => {
  overlay.hidden = !yes;
  if (!yes) depth = 0;
};

document.addEventListener("dragenter", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  depth += 1;
  show(true);
});
document.addEventListener("dragover", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
});
document.addEventListener("dragleave", (event) => {
  if (isFiles(event) && (depth -= 1) <= 0) show(false);
});
document.addEventListener("drop", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  show(false);
  dropped(event.dataTransfer);
});
hear("choose-files", ({ files, folder }) => {
  const found = files.map((file) => ({ file, name: file.webkitRelativePath || file.name }));
  const papers = folder ? ofFolder(found) : found;
  if (papers.length) take(papers);
  else if (found.length) fail(found[0].name.split("/")[0], "no_papers");
});
hear("stop-transfer", () => {
  waiting = [];
  sent = { done: 0, total: 0, bytes: 0, all: 0 };
  request?.abort();
  report();
});
hear("language", drawOverlay);
window.addEventListener("beforeunload", (event) => { if (request) event.preventDefault(); });
document.body.append(overlay);
drawOverlay();
