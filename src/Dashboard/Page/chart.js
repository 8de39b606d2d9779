// A line for each dimension of a sensor, over time.
const svg = "http://www.w3.org/2000/svg";
const width = 320, height = 100, shortest = 60_000;

const make = (name, attributes = {}) => {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

// At most four digits that say something.
export const short = value => {
  const text = String(Number(value.toPrecision(4)));
  return text.replace("-", "\u2212");
};

export const ago = milliseconds => {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
};

export class Chart {
  constructor() {
    this.element = document.createElement("div");
    this.element.className = "chart";
    this.svg = make("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" });
    this.scale = this.part("scale");
    this.top = this.part("top", this.scale);
    this.bottom = this.part("bottom", this.scale);
    this.span = this.part("span");
    this.from = document.createElement("span");
    this.to = document.createElement("span");
    this.span.append(this.from, this.to);
    this.element.append(this.svg, this.scale, this.span);
  }

  part(name, parent) {
    const element = document.createElement("div");
    element.className = name;
    element.setAttribute("aria-hidden", "true");
    parent?.append(element);
    return element;
  }

  // Points are [time, value, …]; one without values is a gap. A value that is set stays until it is set anew.
  draw(points, now, label, unit, isSet) {
    const known = points.flatMap(point => point.slice(1));
    this.svg.dataset.points = points.length;
    this.element.hidden = known.length === 0;
    if (known.length === 0) return;
    let [low, high] = [Math.min(...known), Math.max(...known)];
    const text = `${label}: from ${short(low)} to ${short(high)}${unit && ` ${unit}`} in the last ${ago(now - points[0][0])}`;
    if (low === high) [low, high] = [low - 1, high + 1];
    const range = Math.max(shortest, now - points[0][0]), margin = 6;
    const x = at => (1 - (now - at) / range) * width;
    const y = value => margin + (1 - (value - low) / (high - low)) * (height - 2 * margin);
    const lines = [make("line", { class: "middle", x1: 0, x2: width, y1: height / 2, y2: height / 2 })];
    const dimensions = Math.max(...points.map(point => point.length - 1));
    for (let dimension = 0; dimension < dimensions; dimension++) {
      let line = [];
      const end = () => {
        if (line.length > 0) lines.push(make("polyline", { class: `series${dimension}`, points: line.map(at => at.join(",")).join(" ") }));
        line = [];
      };
      points.forEach((point, index) => {
        const value = point[dimension + 1];
        if (value === undefined) return end();
        const next = points[index + 1]?.[0] ?? now;
        line.push([x(point[0]).toFixed(1), y(value).toFixed(1)]);
        if (isSet || index === points.length - 1) line.push([x(next).toFixed(1), y(value).toFixed(1)]);
      });
      end();
    }
    this.svg.replaceChildren(...lines);
    this.svg.setAttribute("aria-label", text);
    this.top.textContent = short(high);
    this.bottom.textContent = short(low);
    this.from.textContent = `${ago(range)} ago`;
    this.to.textContent = "now";
  }
}
