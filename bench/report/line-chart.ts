import { drawPicture, MARGIN, text, WIDTH } from './svg.js';

/** What is measured again and again. */
export interface Line {
  readonly title: string;
  readonly values: readonly number[];
}

/** Lines below each other, over one axis; each has a scale of its own, which begins at zero. */
export interface LineChart {
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly Line[];
}

const HEIGHT = 70;
const TITLE = 24;

/** The chart as an SVG file. */
export function drawLineChart({ title, subtitle, lines }: LineChart): string {
  const parts: string[] = [text(MARGIN, 32, title, 'title'), text(MARGIN, 52, subtitle, 'quiet')];
  const width = WIDTH - 2 * MARGIN;
  let y = 66;
  for (const line of lines) {
    const most = Math.max(1, ...line.values);
    const last = line.values.at(-1) ?? 0;
    parts.push(
      text(MARGIN, y + 14, line.title, 'group'),
      text(WIDTH - MARGIN, y + 14, `most ${most}, last ${last}`, 'quiet', 'end'),
    );
    y += TITLE;
    const step = width / Math.max(1, line.values.length - 1);
    const points = line.values.map((value, index) => {
      const x = MARGIN + index * step;
      return `${x.toFixed(1)},${(y + HEIGHT - (HEIGHT * value) / most).toFixed(1)}`;
    });
    parts.push(
      `<rect x="${MARGIN}" y="${y}" width="${width}" height="${HEIGHT}" class="frame"/>`,
      `<polyline points="${points.join(' ')}" class="line"/>`,
    );
    y += HEIGHT + 12;
  }
  return drawPicture(title, y + 8, parts);
}
