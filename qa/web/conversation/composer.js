// The question field. Enter sends, except while Hangul is being composed; the text stays until the question is taken.

const ANSWER_WAIT_MS = 8000;
let sentAt = 0;

const field = make("textarea", { id: "question", class: "entry", rows: 1, autocomplete: "off", enterkeyhint: "send", input: () => grow(), keydown: (event) => typed(event) });
const button = make("button", { type: "submit", class: "send" }, icon("M12 19V6M6 11l6-6 6 6"));
const hint = make("p", { class: "hint", id: "question-hint" });
const form = make("form", { submit: (event) => send(event) }, make("div", { class: "field" }, field, button), hint);

const grow = () => {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  button.classList.toggle("ready", field.value.trim() !== "");
};

const typed = (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
};

const send = (event) => {
  event.preventDefault();
  if (Date.now() - sentAt < ANSWER_WAIT_MS) return;
  sentAt = Date.now();
  trigger("ask", { question: field.value });
};

const label = () => {
  const text = words();
  field.placeholder = text.placeholder;
  field.setAttribute("aria-label", text.ask);
  field.setAttribute("aria-describedby", "question-hint");
  button.setAttribute("aria-label", text.send);
  button.title = text.send;
  hint.textContent = text.hint;
};

hear("language", label);
hear("turns", ({ last, pending }) => {
  if (sentAt && last === field.value) {
    field.value = "";
    grow();
  }
  if (!pending) sentAt = 0;
});
root.append(form);
label();
if (matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
