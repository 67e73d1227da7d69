/* Streamlit's widgets bring a few words of their own, in English only: they are said in the visitor's language here.
   Only the widgets' own parts are touched, never a text of the registry. WORDS is {"exact": {...}, "begin": {...}}. */
{
  const words = WORDS;
  const parts = '.stMultiSelect, .stSelectbox, .stNumberInput, .stFileUploader, .stTextInput, .stTextArea, '
    + '.stDeckGlJsonChart, [role=listbox], [data-tag], [data-testid=InputInstructions], [data-testid=stElementToolbar]';
  const names = ['aria-label', 'placeholder', 'title'];
  const said = (text) => {
    const plain = (text ?? '').trim();
    if (Object.hasOwn(words.exact, plain)) return words.exact[plain];
    const start = Object.keys(words.begin).find((word) => plain.startsWith(`${word} `));
    return start ? words.begin[start] + plain.slice(start.length) : null;
  };
  const turnName = (part, name) => {
    const other = part.hasAttribute(name) ? said(part.getAttribute(name)) : null;
    if (other !== null) part.setAttribute(name, other);
  };
  const turn = (node) => {
    const part = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const isOurs = part?.closest(parts);
    if (node.nodeType === Node.TEXT_NODE) {
      const other = isOurs ? said(node.nodeValue) : null;
      if (other !== null) node.nodeValue = other;
      return;
    }
    if (isOurs) names.forEach((name) => turnName(part, name));
    node.childNodes.forEach(turn);
  };
  window.trialfinderWords?.disconnect();
  window.trialfinderWords = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(turn);
      else turn(change.target);
    }
  });
  turn(document.body);
  window.trialfinderWords.observe(
    document.body, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: names},
  );
}
