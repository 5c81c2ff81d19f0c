declare module 'world-atlas/countries-50m.json?outline' {
  /** The United Kingdom and what lies around it. */
  export const outline: import('d3-geo').ExtendedFeatureCollection;
}
