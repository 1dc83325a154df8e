'use strict';

/*
 * Everything here makes better what works without it: suggestions while the name of a body is typed, the error
 * summary in focus, how far the server is with a file, and a second press of a button that sends nothing twice.
 */

const summary = document.getElementById('error-summary');
if (summary !== null) summary.focus();

/** How often it is asked how far a file is, in milliseconds; before the first time it is not said that it takes long. */
const everySecond = 1000;
let looking;

async function lookHowFar(place) {
  const response = await fetch('/api/import-files');
  const { running = [] } = response.ok ? await response.json() : {};
  const [first] = running;
  const bar = place.querySelector('progress');
  const status = place.querySelector('[role="status"]');
  if (first === undefined) {
    // It is being sent or unpacked: how many rows it has is not known yet.
    bar.removeAttribute('value');
    status.textContent = 'The file is on its way.';
  } else {
    const { done, total, doing } = first;
    bar.max = Math.max(total, 1);
    bar.value = done;
    status.textContent = `${doing[0].toUpperCase()}${doing.slice(1)}: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} rows`;
  }
  place.hidden = false;
}

function showHowFar(form) {
  const place = form.querySelector('[data-progress]');
  if (place === null) return;
  clearInterval(looking);
  looking = setInterval(() => void lookHowFar(place).catch(() => undefined), everySecond);
}

for (const form of document.querySelectorAll('form[method="post"]'))
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent === 'yes') event.preventDefault();
    else showHowFar(form);
    form.dataset.sent = 'yes';
  });
window.addEventListener('pageshow', () => {
  clearInterval(looking);
  for (const form of document.querySelectorAll('form')) delete form.dataset.sent;
  for (const place of document.querySelectorAll('[data-progress]')) place.hidden = true;
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
