/** One bar: what it stands for, how long it is, and what is written at its end. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  /** Whether it is ours: those are in colour. */
  readonly isOurs: boolean;
}

/** Bars that are compared with each other. */
export interface Group {
  readonly title: string;
  readonly bars: readonly Bar[];
}

/** A chart of horizontal bars, in groups; each group has a scale of its own. */
export interface BarChart {
  readonly title: string;
  /** Below the title: the unit, and which way is better. */
  readonly subtitle: string;
  readonly groups: readonly Group[];
  /** At the bottom: where the numbers are from. */
  readonly footnote: string;
}

export const WIDTH = 760;
export const MARGIN = 20;
const LABELS = 190;
const TEXTS = 150;
const BAR = 18;
const GAP = 6;
const GROUP_TITLE = 30;

/** Legible on light and on dark pages alike. */
const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 17px; font-weight: 600 }
  .quiet { fill: #656d76; font-size: 12px }
  .group { font-weight: 600 }
  .bar { fill: #b6bec8 }
  .ours { fill: #2f6fdb }
  .line { fill: none; stroke: #2f6fdb; stroke-width: 1.5 }
  .frame { fill: none; stroke: #b6bec8 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9198a1 } .bar { fill: #59636e } .ours { fill: #6ea8ff }
    .line { stroke: #6ea8ff } .frame { stroke: #59636e }
  }
`;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A line of text. */
export function text(x: number, y: number, content: string, kind = '', anchor = 'start'): string {
  const style = kind === '' ? '' : ` class="${kind}"`;
  return `<text x="${x}" y="${y}"${style} text-anchor="${anchor}">${escapeText(content)}</text>`;
}

function drawBar(bar: Bar, y: number, longest: number): string[] {
  const room = WIDTH - 2 * MARGIN - LABELS - TEXTS;
  const width = Math.max(1, Math.round((room * bar.value) / longest));
  const left = MARGIN + LABELS;
  const baseline = y + BAR - 5;
  return [
    text(left - 8, baseline, bar.label, '', 'end'),
    `<rect x="${left}" y="${y}" width="${width}" height="${BAR}" rx="2" class="${bar.isOurs ? 'ours' : 'bar'}"/>`,
    text(left + width + 8, baseline, bar.text),
  ];
}

/** The chart as an SVG file. */
export function drawBarChart({ title, subtitle, groups, footnote }: BarChart): string {
  const parts: string[] = [text(MARGIN, 32, title, 'title'), text(MARGIN, 52, subtitle, 'quiet')];
  let y = 62;
  for (const group of groups) {
    parts.push(text(MARGIN, y + GROUP_TITLE - 10, group.title, 'group'));
    y += GROUP_TITLE;
    const longest = Math.max(...group.bars.map(({ value }) => value));
    for (const bar of group.bars) {
      parts.push(...drawBar(bar, y, longest));
      y += BAR + GAP;
    }
    y += GAP;
  }
  parts.push(text(MARGIN, y + 18, footnote, 'quiet'));
  return drawPicture(title, y + 32, parts);
}

/** A file with that title, so high, with these parts. */
export function drawPicture(title: string, height: number, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeText(title)}">`;
  return [head, `<style>${STYLE}</style>`, ...parts, '</svg>', ''].join('\n');
}
