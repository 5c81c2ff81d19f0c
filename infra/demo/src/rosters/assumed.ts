/**
 * Sizes for the bodies that the Home Office table does not cover, in officers. Rounded assumptions, made
 * so that the bodies can be ranked by size; not published figures.
 */
export const ASSUMED_OFFICERS: Readonly<Record<string, number>> = {
  'police-scotland': 17_200,
  'northern-ireland': 6_900,
  cnc: 1_500,
  mdp: 2_900,
  nca: 4_200,
};
