/**
 * Colours after Okabe and Ito, "Color universal design" (2008), which keep apart for colour-blind
 * readers; in greyscale a shape, a hatch or a lightness tells the same difference again.
 */
export const colour = {
  ink: "#1a1a1a",
  muted: "#5c5c5c",
  grid: "#e6e6e6",
  shade: "#c4c4c4",
  white: "#ffffff",
  watermark: "#e4e4e4",
  blue: "#0072b2",
  blueTint: "#a8cae1",
  bluePale: "#e8f1f7",
  green: "#007a5a",
  vermilion: "#c85400",
  vermilionPale: "#f6dac8",
  orange: "#e69f00",
  orangePale: "#fdf4e0",
} as const;
