// The head of the rail: papers or talks. Left and right arrows move between the two, as in any list of tabs.

const LISTS = ["papers", "talks"];

const chosen = () => (document.body.dataset.rail === "talks" ? "talks" : "papers");

const tab = (list) => make("button", { type: "button", role: "tab", "data-key": list, id: `tab-${list}`, "aria-selected": String(chosen() === list),
  "aria-controls": list === "papers" ? "library" : "talks", tabindex: chosen() === list ? 0 : -1,
  click: () => tell("choose-list", { list }) }, list === "papers" ? words().papers : words().talks);

const move = (event) => {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  const list = LISTS[(LISTS.indexOf(chosen()) + 1) % LISTS.length];
  tell("choose-list", { list });
  document.getElementById(`tab-${list}`).focus();
};

const draw = () => {
  redraw(root, make("div", { role: "tablist", "aria-label": words().lists, keydown: move }, LISTS.map(tab)),
    make("button", { type: "button", class: "close", "aria-label": words().close_rail, title: words().close_rail, click: () => tell("close-rail") },
      icon("M6 6l12 12M18 6L6 18")));
};

hear("language", draw);
hear("rail-list", draw);
hear("rail", ({ open }) => {
  if (open && matchMedia("(max-width: 959px)").matches) root.querySelector("button")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && matchMedia("(max-width: 959px)").matches) tell("close-rail");
});
draw();
