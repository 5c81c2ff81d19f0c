/**
 * Short names of the schemes that each code's accreditation column speaks of. A code that is missing here
 * needs none.
 */
const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  'PO.PSU.L2': ['PO-L2', 'NPPOTC-C5'],
  'PO.PSU.L1': ['PO-L1'],
  'PO.CMD': ['POPS-CMD'],
  'PO.TAC': ['POPS-TAC'],
  'PO.EGT': ['EGT'],
  'PO.PRT': ['PRT'],
  'PO.PLT': ['PLT'],
  'PO.MED': ['MEDIC-D13'],
  'PO.AEP': ['AEP'],
  'FA.ARV': ['AFO', 'ARV'],
  'FA.SFO': ['AFO', 'SFO'],
  'FA.TFC': ['TFC'],
  'FA.CP': ['AFO', 'CP'],
  'CB.RESP': ['CBRN-RESP'],
  'CB.TAC': ['CBRN-TAC'],
  'CB.CMD': ['CBRN-CMD'],
  'DV.TEAM': ['DVI'],
  'DV.SIM': ['DVI-SIM'],
  'DV.CAS': ['HOLMES-CB'],
  'SE.POLSA': ['POLSA'],
  'SE.TEAM': ['LSO'],
  'SE.DIVE': ['HSE-DIVE'],
  'MA.BOAT': ['MCA'],
  'MA.MTN': ['ROPE'],
  'DG.GP': ['DOG-GP'],
  'DG.EXPL': ['DOG-EXPL'],
  'DG.DIGI': ['DOG-DIGI'],
  'DG.VR': ['DOG-VR'],
  'MO.SEC': ['MOUNTED'],
  'AI.UAS': ['CAA-OA'],
  'RP.UNIT': ['RP-ADV', 'RP-ESCORT'],
  'RP.FCI': ['FSR-CODE'],
  'DF.LAB': ['FSR-CODE', 'ISO-17025'],
  'DF.SCENE': ['FSR-CODE'],
  'DF.MOB': ['FSR-CODE'],
  'DF.DMI': ['DMI'],
  'CY.FCCU': ['CCSI'],
  'CY.RCCU': ['CCSI'],
  'CY.COORD': ['CY-COORD'],
  'CY.CRYPTO': ['NPCC-CRYPTO', 'CRYPTO-TOOL'],
  'CY.DARK': ['NPCC-DARK'],
  'IN.SIO': ['PIP3'],
  'IN.HOLMES': ['HOLMES2'],
  'IN.FLO': ['FLO', 'PIP2'],
  'IN.ISTV': ['ISTV-T5'],
  'IN.FIN': ['NCA-FI'],
  'IN.COMMS': ['SPOC'],
  'IN.CSI': ['ISO-17020'],
  'NE.NEG': ['NNDM'],
  'NE.COORD': ['NNDM-COORD'],
  'LO.MOE': ['MOE'],
  'WE.TRIM': ['TRIM'],
};

/** The Forensic Science Regulator's Code binds England and Wales only. */
const OUTSIDE_FSR: readonly string[] = ['scotland', 'northern-ireland'];

/** Schemes that a holding of this code has in a force of this region. */
export const schemesOf = (code: string, region: string): readonly string[] =>
  (SCHEMES[code] ?? []).filter((scheme) => scheme !== 'FSR-CODE' || !OUTSIDE_FSR.includes(region));
