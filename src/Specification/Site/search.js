// Search. The index is a script that is loaded when somebody searches: pages from the file system may load nothing else.
"use strict";
(() => {
  const root = document.body.dataset.root, form = document.getElementById("search");
  const input = document.getElementById("query"), list = document.getElementById("found"), count = document.getElementById("found-count");
  let loading = null;

  const load = () => loading ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => resolve(globalThis.searchIndex.map(([title, address, text, words]) =>
      ({ title, address, text, words: words.split(" "), name: title.toLowerCase() })));
    script.onerror = reject;
    document.head.append(script);
  });

  // All words must be there, as a word or the beginning of one; what is named so comes first.
  function score(entry, wanted) {
    let sum = 0;
    for (const word of wanted) {
      let best = 0;
      for (const other of entry.words) {
        if (other === word) { best = 3; break; }
        if (other.startsWith(word)) best = 2;
        else if (best === 0 && word.length > 2 && other.includes(word)) best = 1;
      }
      if (best === 0) return 0;
      sum += best + (entry.name === word ? 12 : entry.name.split(/[^a-z0-9_]+/).includes(word) ? 4 : 0);
    }
    return sum / wanted.length + (entry.name === wanted.join(" ") ? 20 : 0);
  }

  async function search() {
    const wanted = input.value.toLowerCase().split(/[\s,;]+/).filter(word => word);
    if (wanted.length === 0) { list.hidden = true; count.textContent = ""; return; }
    const text = input.value, index = await load();
    if (text !== input.value) return;
    const found = index.map(entry => [score(entry, wanted), entry]).filter(([points]) => points > 0)
      .sort((left, right) => right[0] - left[0]).slice(0, 12).map(([, entry]) => entry);
    list.replaceChildren(...found.map(entry => {
      const item = document.createElement("li"), link = document.createElement("a");
      const name = document.createElement("b"), words = document.createElement("small");
      name.textContent = entry.title;
      words.textContent = entry.text;
      link.href = root + entry.address;
      link.append(name, words);
      item.append(link);
      return item;
    }));
    if (found.length === 0) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = "Nothing was found.";
      list.append(none);
    }
    list.dataset.query = text;
    list.hidden = false;
    count.textContent = `${found.length} found`;
  }

  const links = () => [...list.querySelectorAll("a")];
  const move = step => {
    const all = links(), next = all.indexOf(document.activeElement) + step;
    if (next < 0) input.focus(); else if (all[next]) all[next].focus();
  };

  input.addEventListener("focus", () => { load(); });
  input.addEventListener("input", search);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    await search();
    if (links()[0]) links()[0].click();
  });
  form.addEventListener("keydown", event => {
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(-1); }
    if (event.key === "Escape") { list.hidden = true; input.focus(); }
  });
  document.addEventListener("click", event => { if (!form.contains(event.target)) list.hidden = true; });
  document.addEventListener("keydown", event => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { event.preventDefault(); input.focus(); }
  });
})();
