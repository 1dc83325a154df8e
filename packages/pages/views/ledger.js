'use strict';

/*
 * Everything here makes better what works without it: suggestions while the name of a body is typed, the error
 * summary in focus, and a second press of a button that sends nothing twice.
 */

const summary = document.getElementById('error-summary');
if (summary !== null) summary.focus();

for (const form of document.querySelectorAll('form[method="post"]'))
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') event.preventDefault();
    form.dataset.sent = 'yes';
  });
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
});

const wait = 150;

/** When it happened, as the form says it: bodies are those of that day. */
function dayOfForm() {
  for (const id of ['occurred', 'from', 'on', 'upTo']) {
    const field = document.getElementById(id);
    if (field !== null && field.value !== '') return field.value;
  }
  return '';
}

async function suggest(input) {
  const list = document.getElementById(`${input.id}-list`);
  const query = new URLSearchParams({ text: input.value });
  const when = dayOfForm();
  if (when !== '') query.set('when', when);
  const response = await fetch(`/api/bodies/suggest?${query}`);
  if (!response.ok || list === null) return;
  const { bodies } = await response.json();
  list.replaceChildren(
    ...bodies.map(({ name }) => {
      const option = document.createElement('option');
      option.value = name;
      return option;
    }),
  );
}

for (const input of document.querySelectorAll('[data-suggest-bodies]')) {
  let timer;
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.trim().length >= 2)
      timer = setTimeout(() => void suggest(input).catch(() => undefined), wait);
  });
}
