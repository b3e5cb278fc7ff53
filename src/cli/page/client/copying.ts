/** `copy` beside an address: puts it on the clipboard, and says so. Where that is not allowed the text is selected. */
export const copying = String.raw`
const say = (text) => { byId('said').textContent = text; };
const showCopy = (within) => { for (const button of within.querySelectorAll('.copy')) button.hidden = false; };
const copy = async (button) => {
  const code = button.parentElement.querySelector('code');
  let done = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    const range = document.createRange();
    range.selectNodeContents(code);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    done = document.execCommand('copy');
  }
  button.textContent = done ? 'copied' : 'selected';
  say(done ? 'Copied ' + code.textContent : 'Selected, press the copy key');
  setTimeout(() => { button.textContent = 'copy'; }, 1500);
};
document.addEventListener('click', (event) => {
  const button = event.target.closest('.copy');
  if (button !== null) copy(button);
});
showCopy(document);
`;
