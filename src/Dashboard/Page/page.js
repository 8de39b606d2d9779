// Shows /state.json, asked for every second. All that a device tells is put into the page as text.
import { Chart, ago, short } from "./chart.js";

const every = 1000, patience = 5000;
const find = id => document.getElementById(id);

const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
};

const isolated = text => make("bdi", {}, text);
const none = text => make("p", { class: "none" }, text);
const time = at => make("time", { datetime: new Date(at).toISOString() }, new Date(at).toLocaleTimeString());
const state = (text, kind = text) => make("span", { class: `state ${kind}` }, text);
const many = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

// On a narrow screen a row is a list: each cell says what it is, and is a cell still for who listens.
const table = (caption, columns, rows) => make("table", { role: "table" },
  make("caption", {}, caption),
  make("thead", { role: "rowgroup" }, make("tr", { role: "row" },
    ...columns.map(column => make("th", { scope: "col", role: "columnheader" }, column)))),
  make("tbody", { role: "rowgroup" }, ...rows.flat()));

const row = (columns, cells, attributes) => make("tr", { role: "row", ...attributes }, ...cells.map((cell, index) =>
  make(index === 0 ? "th" : "td", {
    "data-label": columns[index], role: index === 0 ? "rowheader" : "cell", scope: index === 0 ? "row" : null,
  }, make("div", {}, ...[cell].flat()))));

// A part of the page is made anew only when it says something new: what somebody has selected stays so.
const shown = new Map();
const show = (id, value, content) => {
  const text = JSON.stringify(value);
  if (shown.get(id) === text) return;
  shown.set(id, text);
  find(id).replaceChildren(...[content()].flat());
};

const number = text => {
  const signed = BigInt.asIntN(64, BigInt(text));
  return [make("span", { class: "number" }, signed.toString()), make("br"), make("small", { class: "mono whole" }, text)];
};

const budget = ({ branches, instructions }) => {
  if (branches.used === null) return "\u2013";
  const part = ({ used, limit }, what) => [
    make("small", { class: "number" }, `${used.toLocaleString("en")} of ${limit.toLocaleString("en")} ${what}`),
    make("meter", { min: 0, max: limit, high: limit * 0.9, optimum: 0, value: used, "aria-label": `${what} used` }),
  ];
  return make("div", { class: "budget" }, ...part(branches, "branches"), ...part(instructions, "instructions"));
};

const containerColumns = ["Slot", "State", "Program", "Conditions", "Runs", "Last result", "Budget used by the last run"];
const container = one => {
  const rows = [row(containerColumns, [
    String(one.slot),
    one.trap ? state("stopped by a trap", "trapped") : state(one.state),
    [make("code", { class: "whole" }, one.digest), make("br"),
      make("small", {}, many(one.bytes, "byte") + (one.number === null ? "" : `, signed, number ${one.number}`))],
    [`${one.profile}, ${one.class}`, one.grants.length === 0
      ? make("div", { class: "soft" }, "no helpers")
      : make("ul", { class: "grants", "aria-label": "Helpers granted" },
        ...one.grants.map(helper => make("li", { title: helper.id }, isolated(helper.name))))],
    make("span", { class: "number" }, one.runs.toLocaleString("en")),
    one.result === null ? "\u2013" : number(one.result),
    budget(one.budget),
  ], { id: `container-${one.slot}` })];
  if (one.trap) {
    const { name, slot, meaning, instruction, source } = one.trap;
    const cell = { role: "cell", colspan: containerColumns.length };
    rows.push(make("tr", { role: "row", class: "trap", id: `trap-${one.slot}` }, make("td", cell,
      make("div", { class: "fault" }, make("b", {}, `${name} at slot ${slot}`), ` ${meaning}`,
        instruction && make("code", { class: "instruction" }, isolated(instruction)),
        source && make("code", { class: "source" }, isolated(source))))));
  }
  return rows;
};

const containers = slots => {
  const used = slots.filter(one => one.state !== "free");
  const free = slots.length - used.length;
  if (used.length === 0) return none(`No container. ${many(free, "slot")} free.`);
  return table(`${used.length} of ${many(slots.length, "slot")} taken`, containerColumns, used.map(container));
};

const events = hook => ({
  timer: () => `timer, every ${hook.period % 1_000_000 === 0 ? `${hook.period / 1_000_000} s` : `${hook.period / 1000} ms`}`,
  request: () => `request for /${hook.path}`,
  packet: () => "packet",
  threshold: () => `sensor ${hook.sensor} ${hook.beyond} ${hook.limit}`,
})[hook.event]();

const hookColumns = ["Hook", "Event", "Times", "Containers, in order"];
const hooks = list => list.length === 0 ? none("No hooks.") : table("Events, and the containers that they run", hookColumns,
  list.map(hook => row(hookColumns, [
    isolated(hook.name), isolated(events(hook)), make("span", { class: "number" }, hook.times.toLocaleString("en")),
    hook.containers.length === 0 ? make("span", { class: "soft" }, "none") : hook.containers.map(entry =>
      make("div", {}, `slot ${entry.slot} `, make("small", {}, entry.policy.replaceAll("-", " ")))),
  ])));

const pairColumns = ["Key", "Value"];
const pairs = (name, store) => table(`${name}, ${store.pairs.length} of ${store.capacity} places`, pairColumns,
  store.pairs.map(pair => row(pairColumns, [String(pair.key), make("span", { class: "number" }, String(pair.value))])));
const stores = given => {
  const used = [["Global", given.global], ...given.local.map(one => [`Of the container in slot ${one.slot}`, one.store])]
    .filter(([, store]) => store.pairs.length > 0);
  return used.length === 0 ? none("Nothing is stored.") : used.map(([name, store]) => pairs(name, store));
};

const updateColumns = ["Time", "Slot", "Outcome", "What"];
const updates = (list, takes) => {
  const taken = {
    none: "This device takes no updates.", all: "This device takes updates from anyone.", signed: "This device takes signed updates.",
  }[takes];
  return list.length === 0 ? none(`${taken} None came yet.`) : table(`${taken} The latest first.`, updateColumns,
    list.toReversed().map(update => row(updateColumns, [
      time(update.at), String(update.slot), state(update.outcome),
      update.problem === undefined
        ? [make("code", {}, update.digest), update.number === undefined ? "" : `, number ${update.number}`]
        : isolated(update.problem),
    ])));
};

const printColumns = ["Time", "Slot", "Text"];
const printed = "What containers printed, the latest first";
const prints = list => list.length === 0 ? none("Nothing was printed yet.") : table(printed, printColumns,
  list.toReversed().map(print => row(printColumns, [
    time(print.at), String(print.slot), make("bdi", { class: "printed" }, print.text.replace(/\n$/, "")),
  ])));

// Of several dimensions, each is underlined as its line in the chart is drawn.
const values = ({ values: numbers, unit }) => [
  ...numbers.flatMap((number, index) => [index > 0 ? " " : "",
    make("span", { class: numbers.length > 1 ? `key${index}` : null }, short(number))]),
  unit && ` ${unit}`,
];

const cards = [];
const sensors = (list, now) => {
  if (list.length === 0) return show("sensors", [], () => none("No sensors."));
  for (const one of list) {
    if (!cards[one.index]) {
      const card = { chart: new Chart(), value: make("p", { class: "value" }) };
      card.element = make("article", { class: "sensor", id: `sensor-${one.index}` },
        make("header", {}, make("h3", {}, isolated(one.name)), make("small", {}, one.actuator ? "actuator" : ""), card.value),
        card.chart.element);
      cards[one.index] = card;
      find("sensors").append(card.element);
    }
    const { value } = cards[one.index];
    value.className = one.values === null ? "value nothing" : "value";
    value.replaceChildren(...(one.values === null ? ["reads nothing"] : values(one)));
    cards[one.index].chart.draw(one.points, now, one.name, one.unit, one.actuator);
  }
};

const summary = device => {
  const taken = device.slots.filter(one => one.state !== "free");
  const trapped = taken.filter(one => one.trap).length;
  return Object.entries({
    "Running for": ago(device.now - device.began),
    "Containers started": `${taken.filter(one => one.state === "started").length} of ${taken.length}`,
    "Stopped by a trap": String(trapped),
    Runs: taken.reduce((sum, one) => sum + one.runs, 0).toLocaleString("en"),
  }).map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value)));
};

// What who listens is told: that a container was stopped by a trap, or the device is gone; not each number.
let before = null;
const tell = text => { if (find("news").textContent !== text) find("news").textContent = text; };
const news = device => {
  const trapped = device.slots.filter(one => one.trap && !before?.slots[one.slot]?.trap);
  if (before && trapped.length > 0) tell(trapped.map(one => `Slot ${one.slot} is stopped by the trap ${one.trap.name}.`).join(" "));
  before = device;
};

const link = (kind, text) => {
  find("link").className = kind;
  if (find("link").textContent !== text) find("link").textContent = text;
};

const draw = device => {
  find("all").hidden = false;
  show("where", device.addresses, () => isolated(device.addresses.join(" and ")));
  show("summary", [Math.floor((device.now - device.began) / 1000), device.slots], () => summary(device));
  show("containers", device.slots.map(({ store, ...one }) => one), () => containers(device.slots));
  sensors(device.sensors, device.now);
  show("hooks", device.hooks, () => hooks(device.hooks));
  const stored = { global: device.global, local: device.slots.filter(one => one.store).map(({ slot, store }) => ({ slot, store })) };
  show("stores", stored, () => stores(stored));
  show("updates", [device.updates, device.takes], () => updates(device.updates, device.takes));
  show("prints", device.prints, () => prints(device.prints));
  news(device);
};

const ask = async () => {
  try {
    const answer = await fetch("state.json", { signal: AbortSignal.timeout(patience), cache: "no-store" });
    if (!answer.ok) throw new Error(`state.json: ${answer.status}`);
    draw(await answer.json());
    if (find("link").className === "lost") tell("The device answers again.");
    link("live", "live");
  } catch (error) {
    if (!(error instanceof TypeError) && error.name !== "TimeoutError") console.error(error);
    if (find("link").className !== "lost") tell("The device does not answer.");
    link("lost", "no answer");
  }
};

// Nobody looks at a page that is hidden.
const go = async () => {
  for (;;) {
    if (!document.hidden) await ask();
    await new Promise(resolve => setTimeout(resolve, every));
  }
};
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
go();
