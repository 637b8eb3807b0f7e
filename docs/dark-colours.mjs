/** The colours of the charts, and what they are on a dark page. */
const DARK = {
  '#ffffff': '#1b1b1f',
  '#000000': '#f0f0f0',
  '#000': '#f0f0f0',
  '#333333': '#dddddd',
  '#333': '#dddddd',
  '#555': '#b8b8b8',
  '#555555': '#b8b8b8',
  '#888': '#a0a0a0',
  '#888888': '#a0a0a0',
  '#e6e6e6': '#3a3a40',
  '#0072b2': '#56B4E9',
  '#d55e00': '#F2913D',
  '"black"': '"#f0f0f0"',
  '"white"': '"#1b1b1f"',
};

/** An SVG of a chart in colours for a dark page. */
export function dark(svg) {
  return svg.replaceAll(
    /#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|"(?:black|white)"/gi,
    (colour) => DARK[colour.toLowerCase()] ?? colour,
  );
}
