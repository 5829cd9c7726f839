// The page of the PDF: its picture with what is cited marked, turned by buttons and arrow keys. Stands before source.js.

let large = false; // wider than the panel, to be read on a phone

const spot = ([x, y, width, height]) => `left: ${100 * x}%; top: ${100 * y}%; width: ${100 * width}%; height: ${100 * height}%`;

const spots = ({ mark, number, boxes }) => boxes.map((box, at) => make("span",
  { class: `spot ${mark}`, style: spot(box), "data-number": at === 0 && number !== null ? String(number + 1) : null }));

const picture = (view) => {
  const { sheet } = view;
  const alt = fill(sheet.marks.length ? words().marked_sheet : words().sheet, { title: view.title, page: sheet.number, pages: sheet.pages });
  return make("div", { class: large ? "sheet large" : "sheet", tabindex: 0, role: "group", "aria-label": fill(words().sheet, { title: view.title, page: sheet.number, pages: sheet.pages }),
    keydown: (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step || large || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      turnTo(sheet.number + step);
    } },
  make("div", { class: "leaf", style: `aspect-ratio: ${sheet.width} / ${sheet.height}` },
    make("img", { src: sheet.image, alt, width: sheet.width, height: sheet.height }),
    make("div", { "aria-hidden": "true" }, sheet.marks.map(spots))));
};

const turnTo = (number) => {
  const { sheet } = props.value;
  if (sheet && number >= 1 && number <= sheet.pages) again({ page: number });
};

const turner = (label, name, path, number, sheet) => make("button", { type: "button", class: `step ${name}`, "aria-label": label, title: label,
  disabled: number < 1 || number > sheet.pages, click: () => turnTo(number) }, icon(path));

const pager = (sheet) => make("div", { class: "pager", role: "group", "aria-label": words().pages },
  turner(words().previous_page, "page-before", "M15 6l-6 6 6 6", sheet.number - 1, sheet),
  make("span", { class: "position", "aria-live": "polite" }, `${sheet.number} / ${sheet.pages}`),
  turner(words().next_page, "page-after", "M9 6l6 6-6 6", sheet.number + 1, sheet),
  make("button", { type: "button", class: "step zoom", "aria-pressed": String(large), "aria-label": large ? words().smaller : words().larger,
    title: large ? words().smaller : words().larger, click: () => { large = !large; show(); } },
  icon(large ? "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4M8 11h6" : "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4M8 11h6M11 8v6")));

const chooseView = (page) => {
  if (page === reading().page) return;
  localStorage.setItem("surveyqa-page", String(page));
  show();
  if (page && !props.value.sheet) again();
};

const choices = (view) => !view.pages ? null : make("div", { class: "choices" },
  make("div", { class: "choice", role: "group", "aria-label": words().view_as },
    [[false, words().as_text], [true, words().as_page]].map(([page, label]) => make("button",
      { type: "button", class: page ? "as-page" : "as-text", "aria-pressed": String(reading().page === page), click: () => chooseView(page) }, label))),
  reading().page && view.sheet && !view.sheet.trouble ? pager(view.sheet) : null);

// What stands under the heading where the page is chosen: the picture, or why there is none.
const leaf = (view) => {
  const { sheet } = view;
  const note = (text) => make("p", { class: "foreign", lang: language(), role: "status" }, text);
  if (!sheet) return note(words().opening_sheet);
  if (sheet.trouble) return note(sheet.trouble === "missing" ? words().missing_sheet : words().failed_sheet);
  return [sheet.is_unmarked ? note(words().unmarked_sheet) : null, picture(view)];
};

// Brings the marked place into the middle of an enlarged page, or its left edge in where it is wider than what is seen.
const centre = () => {
  const sheet = root.querySelector(".sheet");
  const marks = [...root.querySelectorAll(".spot.chosen")].map((mark) => mark.getBoundingClientRect());
  if (!marks.length) return;
  const outer = sheet.getBoundingClientRect();
  const [left, right] = [Math.min(...marks.map((mark) => mark.left)), Math.max(...marks.map((mark) => mark.right))];
  sheet.scrollLeft += right - left < outer.width ? (left + right - outer.left - outer.right) / 2 : left - outer.left - 12;
};
