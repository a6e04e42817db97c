const SVG = 'http://www.w3.org/2000/svg';

/** A knob: a circle from its left end round to its right end, where the line goes on. */
const KNOB = 'a2 2 0 0 0 4 0a2 2 0 0 0-4 0m4 0';
const SLIDERS = `M2 5h11${KNOB}h5M2 12h4${KNOB}h12M2 19h11${KNOB}h5`;

/** Three sliders, in the colour of the text around. */
export function drawIcon(): Element {
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  icon.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', SLIDERS);
  icon.append(path);
  return icon;
}
