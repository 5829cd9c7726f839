// The menu of a conversation, and the file that it saves.

const menu = make("div", { class: "choices", role: "menu", popover: "auto", keydown: (event) => walk(event), toggle: (event) => toggled(event) });
let menuOf = null;

const choose = (button, card) => {
  menuOf = card.talk_id;
  const text = words();
  const entry = (label, path, act) => make("button", { type: "button", role: "menuitem", tabindex: -1, click: () => {
    menu.hidePopover();
    act(card);
  } }, icon(path), make("span", {}, label));
  menu.replaceChildren(
    entry(text.rename, "M4 20h4L19 9l-4-4L4 16zM13 7l4 4", rename),
    entry(text.export_markdown, "M12 4v11M7 10l5 5 5-5M5 20h14", (one) => trigger("export", sent({ talk_id: one.talk_id, form: "markdown" }))),
    entry(text.export_json, "M12 4v11M7 10l5 5 5-5M5 20h14", (one) => trigger("export", sent({ talk_id: one.talk_id, form: "json" }))),
    entry(text.remove, "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10 11v5M14 11v5", remove));
  menu.setAttribute("aria-label", fill(text.menu, { title: named(card) }));
  menu.showPopover();
  const at = button.getBoundingClientRect();
  const below = at.bottom + 4 + menu.offsetHeight <= window.innerHeight;
  menu.style.top = `${below ? at.bottom + 4 : at.top - 4 - menu.offsetHeight}px`;
  menu.style.left = `${Math.max(8, Math.min(at.right - menu.offsetWidth, window.innerWidth - menu.offsetWidth - 8))}px`;
  menu.firstElementChild.focus();
};

const toggled = (event) => keyed(`more:${menuOf}`)?.setAttribute("aria-expanded", String(event.newState === "open"));

const walk = (event) => {
  const entries = [...menu.children];
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (next !== undefined) entries[(next + entries.length) % entries.length].focus();
  else if (event.key === "Escape" || event.key === "Tab") {
    menu.hidePopover();
    keyed(`more:${menuOf}`)?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
};

const save = ({ name, kind, text, title }) => {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  said.textContent = fill(words().exported, { title: title || words().untitled });
};
