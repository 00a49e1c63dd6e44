import { createTheme } from '@mantine/core'

/** Tokens of every page. The darker shades are those that meet the contrast of WCAG AA on white and on the dark ground. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 9, dark: 8 },
  fontFamily: 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif',
  headings: { fontFamily: 'system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  components: { Button: { defaultProps: { size: 'md' } }, Radio: { defaultProps: { size: 'md' } } },
})
