// Rectangles for numbers, as square as can be (Bruls, Huizing, van Wijk, 2000), and which rectangle lies next to which. Pure.

const worst = (row, sum, side) => Math.max(...row.map((area) => Math.max((side * side * area) / (sum * sum), (sum * sum) / (side * side * area))));

// Boxes {x, y, width, height} that fill `box`, in the order of `values` (all above 0, largest first), with areas in their proportion.
const squarify = (values, box) => {
  const scale = (box.width * box.height) / values.reduce((sum, value) => sum + value, 0);
  const areas = values.map((value) => value * scale);
  const boxes = [];
  let { x, y, width, height } = box;
  while (boxes.length < areas.length) {
    const side = Math.min(width, height);
    const row = [areas[boxes.length]];
    let sum = row[0];
    for (let next = areas[boxes.length + 1]; next !== undefined; next = areas[boxes.length + row.length]) {
      if (worst([...row, next], sum + next, side) > worst(row, sum, side)) break;
      row.push(next);
      sum += next;
    }
    const across = sum / side;
    let along = 0;
    row.forEach((area) => {
      const length = area / across;
      boxes.push(width < height ? { x: x + along, y, width: length, height: across } : { x, y: y + along, width: across, height: length });
      along += length;
    });
    if (width < height) {
      y += across;
      height -= across;
    } else {
      x += across;
      width -= across;
    }
  }
  return boxes;
};

// Boxes of one area for `count` things, in rows that fill `box`; the narrowest as near as can be to `ratio` times as wide as high.
const rowsOf = (count, box, ratio) => {
  const far = (rows) => Math.abs(Math.log((box.width * count) / (Math.ceil(count / rows) ** 2 * box.height * ratio)));
  const rows = Array.from({ length: count }, (_, at) => at + 1).reduce((best, each) => (far(each) < far(best) ? each : best));
  let y = box.y;
  return Array.from({ length: rows }, (_, row) => {
    const here = Math.floor(count / rows) + (row < count % rows ? 1 : 0);
    const [width, height] = [box.width / here, (box.height * here) / count];
    y += height;
    return Array.from({ length: here }, (__, at) => ({ x: box.x + at * width, y: y - height, width, height }));
  }).flat();
};

const AWAY = {
  ArrowRight: (from, to) => [to.x - from.x - from.width, to.y - from.y, to.y + to.height - from.y - from.height],
  ArrowLeft: (from, to) => [from.x - to.x - to.width, to.y - from.y, to.y + to.height - from.y - from.height],
  ArrowDown: (from, to) => [to.y - from.y - from.height, to.x - from.x, to.x + to.width - from.x - from.width],
  ArrowUp: (from, to) => [from.y - to.y - to.height, to.x - from.x, to.x + to.width - from.x - from.width],
};

// The place in `boxes` of the nearest that lies in the direction of an arrow key; null if none does.
const neighbour = (boxes, from, key) => {
  let best = null;
  boxes.forEach((box, at) => {
    if (at === from) return;
    const [gap, first, last] = AWAY[key](boxes[from], box);
    if (gap < -2) return; // not wholly in that direction
    const aside = first > 0 && last > 0 ? Math.min(first, last) : first < 0 && last < 0 ? Math.min(-first, -last) : 0;
    const distance = gap + 2 * aside;
    if (!best || distance < best.distance) best = { at, distance };
  });
  return best && best.at;
};
