// Sends the acknowledgement with the token of the session; the page itself holds no script.
const button = document.getElementById('acknowledge');
const outcome = document.getElementById('outcome');

const acknowledge = async () => {
  const { csrf } = await (await fetch('/v1/me')).json();
  const response = await fetch(button.dataset.action, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-muster-csrf': csrf },
    body: '{}',
  });
  if (response.ok) return 'Acknowledged. Nobody further is called.';
  const { detail } = await response.json();
  return `It is not acknowledged: ${detail}`;
};

button?.addEventListener('click', async () => {
  button.disabled = true;
  outcome.textContent = await acknowledge().catch((error) => `It is not acknowledged: ${error.message}`);
  button.disabled = outcome.textContent.startsWith('Acknowledged');
});
