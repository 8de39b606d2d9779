// Search. The index is a script that is loaded when somebody searches: pages from the file system may load nothing else.
"use strict";
(() => {
  const root = document.body.dataset.root, form = document.getElementById("search");
  const input = document.getElementById("query"), list = document.getElementById("found"), count = document.getElementById("found-count");
  let loading = null;

  const load = () => loading ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => resolve(prepare(globalThis.searchIndex));
    script.onerror = reject;
    document.head.append(script);
  });

  // The same as in src/Specification/Lookup, where it is explained: words without their endings, rarity, places, phrases.
  function prepare(index) {
    const split = text => text.split(" ").filter(word => word);
    const entries = index.entries.map(({ title, address, text, words, phrases }) => {
      const weights = new Map();
      for (const [weight, list] of Object.entries(words)) for (const word of split(list)) weights.set(word, Number(weight));
      return { title, address, text, words: weights, phrases: phrases.map(split) };
    });
    const names = new Set(entries.flatMap(({ words }) => [...words].filter(([, weight]) => weight === 4).map(([word]) => word)));
    for (const phrase of entries.flatMap(({ phrases }) => phrases)) if (phrase.length === 1) names.add(phrase[0]);
    const rarity = new Map();
    for (const { words } of entries) for (const word of words.keys()) rarity.set(word, (rarity.get(word) ?? 0) + 1);
    for (const [word, count] of rarity) rarity.set(word, Math.log(1 + entries.length / count));
    return { ...index, entries, names, rarity, ignored: new Set(split(index.ignored)), groups: index.groups.map(split), endings: new RegExp(index.endings) };
  }

  function stem(word, { endings }) {
    if (!/^[a-z]+$/.test(word)) return word;
    const cut = word.replace(endings, "");
    if (cut.length < 4) return word.length >= 4 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
    return cut !== word && /([bdgmnprt])\1$/.test(cut) ? cut.slice(0, -1) : cut;
  }

  function asked(text, index) {
    const words = [];
    for (const [word] of text.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase().matchAll(new RegExp(index.word, "g"))) {
      const parts = /^[a-z0-9_]/.test(word) ? word.split(/[/._-]/).filter(part => part) : [];
      if (parts.length === 0 || (parts.length === 1 && parts[0] === word) || index.names.has(stem(word, index))) words.push(word);
      else words.push(...parts);
    }
    const telling = words.filter(word => !index.ignored.has(word));
    return [...new Set(telling.length > 0 ? telling : words)];
  }

  function distance(left, right) {
    const rows = Array.from({ length: left.length + 1 }, (_, i) => Array.from({ length: right.length + 1 }, (_, j) => i === 0 ? j : j === 0 ? i : 0));
    for (let i = 1; i <= left.length; i++) {
      for (let j = 1; j <= right.length; j++) {
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (left[i - 1] === right[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[left.length][right.length];
  }

  function nearest(word, others) {
    if (!/^[a-z][a-z0-9_]{3,}$/.test(word)) return [];
    let least = word.length < 6 ? 1 : 2, found = [];
    for (const other of new Set(others)) {
      if (Math.abs(other.length - word.length) > least) continue;
      const far = distance(word, other) + (word[0] === other[0] ? 0 : 1);
      if (far > least) continue;
      if (far < least) found = [];
      least = far;
      found.push(other);
    }
    return found;
  }

  function candidates(word, index) {
    const wanted = stem(word, index), found = new Map();
    for (const group of index.groups.filter(each => each.includes(wanted))) for (const other of group) if (index.rarity.has(other)) found.set(other, index.synonym);
    if (index.rarity.has(wanted)) found.set(wanted, 1);
    if (found.size > 0) return found;
    for (const other of index.rarity.keys()) if (wanted.length > 2 && other.startsWith(wanted)) found.set(other, index.near);
    if (found.size > 0) return found;
    for (const near of nearest(wanted, [...index.rarity.keys(), ...index.groups.flat()])) {
      for (const [other, factor] of candidates(near, index)) found.set(other, Math.max(found.get(other) ?? 0, factor * index.near));
    }
    return found;
  }

  function score(entry, wanted, index) {
    let points = 0, phrase = 0;
    for (const words of wanted) {
      let best = 0;
      for (const [word, factor] of words) best = Math.max(best, factor * (entry.words.get(word) ?? 0) * index.rarity.get(word));
      points += best;
    }
    if (points === 0) return 0;
    for (const words of entry.phrases) {
      const used = words.map(word => wanted.findIndex(each => each.has(word)));
      if (used.includes(-1)) continue;
      const sum = words.reduce((all, word, at) => all + wanted[used[at]].get(word) * index.rarity.get(word), 0);
      phrase = Math.max(phrase, index.phrase * sum * new Set(used).size / wanted.length / Math.sqrt(words.length));
    }
    return points + phrase;
  }

  async function search() {
    const text = input.value;
    if (!text.trim()) { list.hidden = true; count.textContent = ""; return; }
    const index = await load();
    if (text !== input.value) return;
    const wanted = asked(text, index).map(word => candidates(word, index)).filter(words => words.size > 0);
    const found = index.entries.map(entry => [score(entry, wanted, index), entry]).filter(([points]) => points > 0)
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
