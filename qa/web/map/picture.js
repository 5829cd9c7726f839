// The picture: a treemap of buttons. The whole has two levels, a category shows all it holds, its methods too where there is
// room; what holds a name that cannot be read stays closed. Arrow keys move, and one cell takes the focus.

const GAP = 3;
const HEAD = 30;
const SIZES = ["large", "middle", "small"];
const LINE = 15; // pixels of the smallest type
const STRETCH = 1.5;
const ROW_RATIO = 2;
const LEAST = { width: 68, height: 32 }; // of a method's cell; where one would be smaller, none is drawn
const MOST_CLIPPED = 0.15; // of the cells; where more names would be cut, methods are not drawn
const DEPTH = 9; // more than the taxonomy has
const GLIDE_MS = 220;
const SETTLED_MS = 60; // after the last change of size
const picture = make("div", { class: "picture", role: "tree", keydown: (event) => steer(event) });
const cells = new Map(); // id → { node, item, box }
let roving = null;
let view = { root: null, chosen: null, method: null, holds: [] };

const childrenOf = (id) => tree.nodes.filter((node) => node.parent === id);
const partOf = (id) => (tree.byId[id].parent ? partOf(tree.byId[id].parent) : id);
const markOf = (id) => tree.parts.indexOf(partOf(id)) + 1;
const weighed = (id) => childrenOf(id).reduce((sum, child) => sum + weighed(child.id), id ? tree.byId[id].own : 0); // each filing, so that parts fill their whole

const methodItems = (leaf) => tree.methods.filter((method) => method.leaves.includes(leaf)).map(({ id, name, title }) =>
  ({ id: `${leaf}/${id}`, leaf, method: id, weight: 1, name, title: `${name}: ${title}`, act: () => openMethod(id) }));

const categoryItem = (id, count, name, key = id) => ({ id: key, leaf: id, weight: count, count, name, act: () => open(id),
  title: [...tree.path(id).slice(0, -1).map(nameOf), countedOf(key === id ? nameOf(id) : name, count)].join(" › ") });

// What stands directly below a category. Methods that no sub-category has are one cell where methods are not shown.
const itemsBelow = (id, methods) => {
  const items = childrenOf(id).map((node) => ({ ...categoryItem(node.id, node.count, shortOf(node.id)), weight: weighed(node.id) })).sort((a, b) => b.weight - a.weight);
  const own = id ? tree.byId[id].own : 0;
  if (methods) return own ? [...items, ...methodItems(id)] : items;
  return own && items.length ? [...items, categoryItem(id, own, words().own, `${id}/own`)].sort((a, b) => b.weight - a.weight) : items;
};

// Names are wider than high, so cells as square as can be are laid out in a narrower box, and then widened with it. Methods,
// all of one size, stand in rows, the oldest first.
const boxesOf = (items, box) => {
  if (items.every((item) => item.method)) return rowsOf(items.length, box, ROW_RATIO);
  const narrow = squarify(items.map((item) => item.weight), { ...box, width: box.width / STRETCH });
  return narrow.map(({ x, width, ...rest }) => ({ ...rest, x: box.x + (x - box.x) * STRETCH, width: width * STRETCH }));
};

const shrunk = ({ x, y, width, height }) => ({ x: x + GAP / 2, y: y + GAP / 2, width: Math.max(0, width - GAP), height: Math.max(0, height - GAP) });

// What to draw: every item with its box and level; a group has a head, and its items within.
const arranged = (id, box, { levels, closed, methods }, level = 1) => {
  const items = itemsBelow(id, methods);
  const boxes = boxesOf(items, box).map(shrunk);
  return items.flatMap((item, at) => {
    const group = level < levels && item.id === item.leaf && !closed.has(item.id) && itemsBelow(item.id, methods).length > 0;
    const here = { ...item, level, group, box: boxes[at], size: items.length, at: at + 1 };
    if (!group) return [here];
    const { x, y, width, height } = boxes[at];
    const inner = { x: x + GAP, y: y + HEAD, width: width - 2 * GAP, height: height - HEAD - GAP };
    return [here, ...arranged(item.id, inner, { levels, closed, methods }, level + 1)];
  });
};

const held = (item) => view.holds.some((leaf) => tree.path(leaf).includes(item.leaf));

const dress = (node, item) => {
  const { id, leaf, method, count, name, title: hint, level, group, at, size } = item;
  const label = method ? name : countedOf(name, count);
  const holds = !method && !group && held(item);
  node.className = ["cell", group && "group", method && "one", holds && "holds"].filter(Boolean).join(" ");
  node.dataset.key = `cell:${id}`;
  node.dataset.part = markOf(leaf);
  node.title = hint;
  const told = { role: "treeitem", "aria-level": level, "aria-posinset": at, "aria-setsize": size, "aria-label": holds ? `${label}. ${words().holds}` : label,
    "aria-selected": String(id === view.chosen || (Boolean(method) && method === view.method)), tabindex: id === roving ? 0 : -1 };
  Object.entries(told).forEach(([key, value]) => node.setAttribute(key, value));
  if (group) node.setAttribute("aria-expanded", "true");
  else node.removeAttribute("aria-expanded");
  node.replaceChildren(...(level === 1 && !view.root ? [make("span", { class: "mark" }, String(markOf(leaf)))] : []),
    make("span", { class: "label" }, make("span", { class: "name", lang: method ? "en" : null }, name), " ", count ? make("span", { class: "number" }, String(count)) : ""));
};

const put = (node, { x, y, width, height }) => Object.assign(node.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });

const overflows = ({ node, item }) => node.scrollWidth > node.clientWidth || (item.group ? node.querySelector(".label").offsetHeight > HEAD - 6 : node.scrollHeight > node.clientHeight);

// Gives each cell the largest type in which its name fits; returns those in which none does. All are measured at once.
const fitted = () => {
  let rest = [...cells.values()];
  SIZES.forEach((size) => {
    rest.forEach(({ node }) => { node.dataset.size = size; });
    rest = rest.filter(overflows);
  });
  return rest;
};

const clip = ({ node }) => {
  node.classList.add("clipped");
  node.style.setProperty("--lines", Math.max(1, Math.floor((node.clientHeight - 8) / LINE)));
};

const draw = (items) => {
  const kept = new Set(items.map((item) => item.id));
  [...cells].filter(([id]) => !kept.has(id)).forEach(([id, { node }]) => {
    node.remove();
    cells.delete(id);
  });
  items.forEach((item) => {
    const node = cells.get(item.id)?.node || make("button", { type: "button", click: () => cells.get(item.id).item.act(), focus: () => rove(item.id) });
    cells.delete(item.id); // and in again at the end: cells are kept in reading order, which is also the tree's
    cells.set(item.id, { node, item, box: item.box });
    dress(node, item);
    put(node, item.box);
    picture.append(node);
  });
};

const tooSmall = ({ method, box }) => method && (box.width < LEAST.width || box.height < LEAST.height);

// Closes the category above each name that cannot be read, of the whole all parts alike; says whether one was open.
const close = (unread, closed) => {
  const before = closed.size;
  unread.map(({ id, leaf }) => (id === leaf ? tree.byId[leaf].parent : leaf)).filter((id) => id !== view.root).forEach((id) => closed.add(id));
  if (!view.root && closed.size) tree.parts.forEach((id) => closed.add(id));
  return closed.size > before;
};

const lay = () => {
  const whole = { x: 0, y: 0, width: picture.clientWidth, height: picture.clientHeight };
  const shown = { levels: view.root ? DEPTH : 2, closed: new Set(), methods: Boolean(view.root) };
  for (;;) {
    const items = arranged(view.root, whole, shown);
    if (!items.some(tooSmall)) {
      draw(items);
      const unread = fitted();
      unread.forEach(clip);
      const names = unread.map(({ item }) => item).filter((item) => !item.method);
      if (!(shown.methods && (names.length || unread.length > MOST_CLIPPED * items.length)) && !close(names, shown.closed)) return;
    }
    shown.methods = false;
  }
};

const glide = (before) => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches || !before.size) return;
  const timing = { duration: GLIDE_MS, easing: "cubic-bezier(.2, .7, .2, 1)" };
  const place = ({ x, y, width, height }) => ({ left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
  cells.forEach(({ node, box }, id) => {
    const old = before.get(id);
    if (!old) node.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    else if (JSON.stringify(old) !== JSON.stringify(box)) node.animate([place(old), place(box)], timing);
  });
};

const drawPicture = (gliding = false) => {
  if (!picture.clientWidth || !tree) return;
  cells.forEach(({ node }) => node.getAnimations().forEach((moving) => moving.cancel())); // or what is measured is under way
  const focused = picture.contains(document.activeElement);
  const before = new Map([...cells].map(([id, { box }]) => [id, box]));
  picture.setAttribute("aria-label", `${words().picture}. ${words().picture_help}`);
  lay();
  if (!cells.has(roving)) rove(cells.has(view.chosen) ? view.chosen : cells.keys().next().value);
  if (focused) cells.get(roving).node.focus({ preventScroll: true });
  if (gliding) glide(before);
};

const rove = (id) => {
  cells.get(roving)?.node.setAttribute("tabindex", -1);
  roving = id;
  cells.get(id)?.node.setAttribute("tabindex", 0);
};

const showPicture = (root, chosen, method = null) => {
  view = { root, chosen, method, holds: method ? methodOf(method).leaves : [] };
  if (chosen) roving = chosen;
  drawPicture(true);
};

const steer = (event) => {
  const ids = [...cells.keys()];
  const boxes = ids.map((id) => cells.get(id)).map(({ box, item }) => (item.group ? { ...box, height: HEAD } : box));
  const at = ids.indexOf(roving);
  let next = null;
  if (event.key in AWAY) next = neighbour(boxes, at, event.key);
  else if (event.key === "Home") next = 0;
  else if (event.key === "End") next = ids.length - 1;
  else if (["Escape", "Backspace"].includes(event.key) && view.root) upward();
  else return;
  event.preventDefault();
  event.stopPropagation();
  if (next !== null) cells.get(ids[next]).node.focus();
};

let settling = null;
new ResizeObserver(() => {
  clearTimeout(settling);
  settling = setTimeout(drawPicture, SETTLED_MS);
}).observe(picture);
