// Made from data/*.csv by `pnpm generate`; a test holds that it matches them.

type ForceRow = {
  readonly id: string;
  readonly name: string;
  readonly type: 'territorial' | 'special' | 'agency';
  readonly region: string;
  readonly rocu: string;
  readonly hqTown: string;
  /** Degrees WGS 84, for ranking by distance only. */
  readonly hqLat: number;
  readonly hqLon: number;
  /** Full-time equivalent officers, September 2019; absent where the Home Office table has none. */
  readonly officersFte?: number;
};

type CapabilityRow = {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly typicalUnit: string;
  readonly noticeMinMinutes?: number;
  readonly noticeMaxMinutes?: number;
  readonly accreditation: string;
  /** False for covert and restricted codes, which never appear on the mesh. */
  readonly advertise: boolean;
};

type TierRow = {
  readonly tier: number;
  readonly name: string;
  /** Which forces are asked at this tier: those that the host names, all of its region, or all. */
  readonly reach: 'named' | 'region' | 'national';
  /** Who has to agree that a request goes up to it. */
  readonly acceptedBy: 'host' | 'ricc' | 'npocc';
  /** Minutes that asked forces are given to answer, by urgency. */
  readonly answerMinutes: { readonly IMMEDIATE: number; readonly EXPECTED: number; readonly FUTURE: number };
};

type WeightsRow = {
  readonly version: string;
  readonly lateness: number;
  readonly travel: number;
  readonly tier: number;
  readonly strain: number;
  readonly reserve: number;
  readonly skillFit: number;
  readonly cost: number;
};

type FloorRow = {
  readonly code: string;
  /** Units, people or items a week below which the country should not fall. */
  readonly units: number;
};

export const TIERS: readonly TierRow[] = [
  {"tier":1,"name":"Local","reach":"named","acceptedBy":"host","answerMinutes":{"IMMEDIATE":30,"EXPECTED":120,"FUTURE":1440}},
  {"tier":2,"name":"Regional","reach":"region","acceptedBy":"host","answerMinutes":{"IMMEDIATE":30,"EXPECTED":120,"FUTURE":1440}},
  {"tier":3,"name":"National","reach":"national","acceptedBy":"npocc","answerMinutes":{"IMMEDIATE":60,"EXPECTED":240,"FUTURE":2880}},
];

export const FORCES: readonly ForceRow[] = [
  {"id":"avon-and-somerset","name":"Avon and Somerset Constabulary","type":"territorial","region":"south-west","rocu":"SWROCU","hqTown":"Portishead","hqLat":51.476,"hqLon":-2.768,"officersFte":2691.2},
  {"id":"bedfordshire","name":"Bedfordshire Police","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Kempston","hqLat":52.116,"hqLon":-0.497,"officersFte":1191.3},
  {"id":"cambridgeshire","name":"Cambridgeshire Constabulary","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Huntingdon","hqLat":52.331,"hqLon":-0.203,"officersFte":1490},
  {"id":"cheshire","name":"Cheshire Constabulary","type":"territorial","region":"north-west","rocu":"NWROCU","hqTown":"Winsford","hqLat":53.193,"hqLon":-2.545,"officersFte":2009.7},
  {"id":"city-of-london","name":"City of London Police","type":"territorial","region":"london","rocu":"London","hqTown":"London EC2","hqLat":51.5155,"hqLon":-0.0918,"officersFte":753.2},
  {"id":"cleveland","name":"Cleveland Police","type":"territorial","region":"north-east","rocu":"NERSOU","hqTown":"Middlesbrough","hqLat":54.523,"hqLon":-1.24,"officersFte":1225.9},
  {"id":"cumbria","name":"Cumbria Constabulary","type":"territorial","region":"north-west","rocu":"NWROCU","hqTown":"Penrith","hqLat":54.655,"hqLon":-2.735,"officersFte":1173.6},
  {"id":"derbyshire","name":"Derbyshire Constabulary","type":"territorial","region":"east-midlands","rocu":"EMSOU","hqTown":"Ripley","hqLat":53.056,"hqLon":-1.409,"officersFte":1800.1},
  {"id":"devon-and-cornwall","name":"Devon & Cornwall Police","type":"territorial","region":"south-west","rocu":"SWROCU","hqTown":"Exeter","hqLat":50.722,"hqLon":-3.474,"officersFte":2998.6},
  {"id":"dorset","name":"Dorset Police","type":"territorial","region":"south-west","rocu":"SWROCU","hqTown":"Winfrith","hqLat":50.68,"hqLon":-2.258,"officersFte":1228.9},
  {"id":"durham","name":"Durham Constabulary","type":"territorial","region":"north-east","rocu":"NERSOU","hqTown":"Durham","hqLat":54.789,"hqLon":-1.586,"officersFte":1124.7},
  {"id":"dyfed-powys","name":"Dyfed-Powys Police","type":"territorial","region":"wales","rocu":"Tarian","hqTown":"Carmarthen","hqLat":51.854,"hqLon":-4.285,"officersFte":1141.2},
  {"id":"essex","name":"Essex Police","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Chelmsford","hqLat":51.746,"hqLon":0.491,"officersFte":3187.5},
  {"id":"gloucestershire","name":"Gloucestershire Constabulary","type":"territorial","region":"south-west","rocu":"SWROCU","hqTown":"Quedgeley","hqLat":51.822,"hqLon":-2.274,"officersFte":1119},
  {"id":"greater-manchester","name":"Greater Manchester Police","type":"territorial","region":"north-west","rocu":"NWROCU","hqTown":"Manchester","hqLat":53.5,"hqLon":-2.196,"officersFte":6539.4},
  {"id":"gwent","name":"Gwent Police","type":"territorial","region":"wales","rocu":"Tarian","hqTown":"Cwmbran","hqLat":51.634,"hqLon":-3.01,"officersFte":1293.7},
  {"id":"hampshire","name":"Hampshire and Isle of Wight Constabulary","type":"territorial","region":"south-east","rocu":"SEROCU","hqTown":"Winchester","hqLat":51.066,"hqLon":-1.318,"officersFte":2665.5},
  {"id":"hertfordshire","name":"Hertfordshire Constabulary","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Welwyn Garden City","hqLat":51.789,"hqLon":-0.216,"officersFte":2029.8},
  {"id":"humberside","name":"Humberside Police","type":"territorial","region":"yorkshire-humber","rocu":"YHROCU","hqTown":"Hull","hqLat":53.746,"hqLon":-0.404,"officersFte":1900.7},
  {"id":"kent","name":"Kent Police","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Maidstone","hqLat":51.2635,"hqLon":0.539,"officersFte":3547.6},
  {"id":"lancashire","name":"Lancashire Constabulary","type":"territorial","region":"north-west","rocu":"NWROCU","hqTown":"Hutton","hqLat":53.733,"hqLon":-2.774,"officersFte":2897.9},
  {"id":"leicestershire","name":"Leicestershire Police","type":"territorial","region":"east-midlands","rocu":"EMSOU","hqTown":"Enderby","hqLat":52.59,"hqLon":-1.197,"officersFte":1803.3},
  {"id":"lincolnshire","name":"Lincolnshire Police","type":"territorial","region":"east-midlands","rocu":"EMSOU","hqTown":"Nettleham","hqLat":53.263,"hqLon":-0.495,"officersFte":1076.1},
  {"id":"merseyside","name":"Merseyside Police","type":"territorial","region":"north-west","rocu":"NWROCU","hqTown":"Liverpool","hqLat":53.4155,"hqLon":-2.98,"officersFte":3588.1},
  {"id":"metropolitan","name":"Metropolitan Police Service","type":"territorial","region":"london","rocu":"London","hqTown":"London SW1","hqLat":51.5026,"hqLon":-0.1245,"officersFte":30940.2},
  {"id":"norfolk","name":"Norfolk Constabulary","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Wymondham","hqLat":52.583,"hqLon":1.131,"officersFte":1643.7},
  {"id":"north-wales","name":"North Wales Police","type":"territorial","region":"wales","rocu":"NWROCU","hqTown":"Colwyn Bay","hqLat":53.293,"hqLon":-3.703,"officersFte":1505},
  {"id":"north-yorkshire","name":"North Yorkshire Police","type":"territorial","region":"yorkshire-humber","rocu":"YHROCU","hqTown":"Northallerton","hqLat":54.335,"hqLon":-1.437,"officersFte":1432.9},
  {"id":"northamptonshire","name":"Northamptonshire Police","type":"territorial","region":"east-midlands","rocu":"EMSOU","hqTown":"Northampton","hqLat":52.206,"hqLon":-0.899,"officersFte":1254.7},
  {"id":"northumbria","name":"Northumbria Police","type":"territorial","region":"north-east","rocu":"NERSOU","hqTown":"Wallsend","hqLat":55.014,"hqLon":-1.498,"officersFte":3084.1},
  {"id":"nottinghamshire","name":"Nottinghamshire Police","type":"territorial","region":"east-midlands","rocu":"EMSOU","hqTown":"Arnold","hqLat":53.041,"hqLon":-1.127,"officersFte":1924.7},
  {"id":"south-wales","name":"South Wales Police","type":"territorial","region":"wales","rocu":"Tarian","hqTown":"Bridgend","hqLat":51.5,"hqLon":-3.567,"officersFte":2994.8},
  {"id":"south-yorkshire","name":"South Yorkshire Police","type":"territorial","region":"yorkshire-humber","rocu":"YHROCU","hqTown":"Sheffield","hqLat":53.402,"hqLon":-1.413,"officersFte":2393.6},
  {"id":"staffordshire","name":"Staffordshire Police","type":"territorial","region":"west-midlands","rocu":"WMROCU","hqTown":"Stafford","hqLat":52.818,"hqLon":-2.093,"officersFte":1579.2},
  {"id":"suffolk","name":"Suffolk Constabulary","type":"territorial","region":"eastern","rocu":"ERSOU","hqTown":"Martlesham Heath","hqLat":52.062,"hqLon":1.276,"officersFte":1179.6},
  {"id":"surrey","name":"Surrey Police","type":"territorial","region":"south-east","rocu":"SEROCU","hqTown":"Guildford","hqLat":51.222,"hqLon":-0.583,"officersFte":1899.4},
  {"id":"sussex","name":"Sussex Police","type":"territorial","region":"south-east","rocu":"SEROCU","hqTown":"Lewes","hqLat":50.881,"hqLon":0.021,"officersFte":2646.9},
  {"id":"thames-valley","name":"Thames Valley Police","type":"territorial","region":"south-east","rocu":"SEROCU","hqTown":"Kidlington","hqLat":51.812,"hqLon":-1.283,"officersFte":4206.2},
  {"id":"warwickshire","name":"Warwickshire Police","type":"territorial","region":"west-midlands","rocu":"WMROCU","hqTown":"Leek Wootton","hqLat":52.318,"hqLon":-1.574,"officersFte":945},
  {"id":"west-mercia","name":"West Mercia Police","type":"territorial","region":"west-midlands","rocu":"WMROCU","hqTown":"Hindlip","hqLat":52.222,"hqLon":-2.169,"officersFte":2129},
  {"id":"west-midlands","name":"West Midlands Police","type":"territorial","region":"west-midlands","rocu":"WMROCU","hqTown":"Birmingham","hqLat":52.4826,"hqLon":-1.8968,"officersFte":6405.1},
  {"id":"west-yorkshire","name":"West Yorkshire Police","type":"territorial","region":"yorkshire-humber","rocu":"YHROCU","hqTown":"Wakefield","hqLat":53.687,"hqLon":-1.508,"officersFte":5167.6},
  {"id":"wiltshire","name":"Wiltshire Police","type":"territorial","region":"south-west","rocu":"SWROCU","hqTown":"Devizes","hqLat":51.357,"hqLon":-1.976,"officersFte":975.3},
  {"id":"police-scotland","name":"Police Scotland","type":"territorial","region":"scotland","rocu":"","hqTown":"Tulliallan (Kincardine)","hqLat":56.074,"hqLon":-3.724},
  {"id":"northern-ireland","name":"Police Service of Northern Ireland","type":"territorial","region":"northern-ireland","rocu":"","hqTown":"Belfast (Knock)","hqLat":54.588,"hqLon":-5.857},
  {"id":"btp","name":"British Transport Police","type":"special","region":"national","rocu":"London (with MPS/CoLP)","hqTown":"London NW1","hqLat":51.5412,"hqLon":-0.1405,"officersFte":2984.4},
  {"id":"cnc","name":"Civil Nuclear Constabulary","type":"special","region":"national","rocu":"","hqTown":"Culham","hqLat":51.658,"hqLon":-1.23},
  {"id":"mdp","name":"Ministry of Defence Police","type":"special","region":"national","rocu":"","hqTown":"Wethersfield","hqLat":51.973,"hqLon":0.505},
  {"id":"nca","name":"National Crime Agency","type":"agency","region":"national","rocu":"","hqTown":"London SE11","hqLat":51.488,"hqLon":-0.122},
];

export const CAPABILITIES: readonly CapabilityRow[] = [
  {"code":"PO.PSU.L2","name":"Police Support Unit, level 2","category":"Public order","typicalUnit":"1 insp + 3 sgt + 18 con + drivers (data-driven)","noticeMinMinutes":60,"noticeMaxMinutes":480,"accreditation":"Public order level 2, in date; commander NPPOTC module C5","advertise":true},
  {"code":"PO.PSU.L1","name":"Level 1 public order unit","category":"Public order","typicalUnit":"as PSU","noticeMinMinutes":60,"noticeMaxMinutes":240,"accreditation":"Level 1","advertise":true},
  {"code":"PO.CMD","name":"POPS gold/silver/bronze commander","category":"Command","typicalUnit":"1","noticeMinMinutes":120,"noticeMaxMinutes":120,"accreditation":"Operationally competent and accredited in role","advertise":true},
  {"code":"PO.TAC","name":"Public order tactical adviser","category":"Advice","typicalUnit":"1","noticeMinMinutes":120,"noticeMaxMinutes":120,"accreditation":"Role accreditation and re-accreditation","advertise":true},
  {"code":"PO.EGT","name":"Evidence gathering team","category":"Public order","typicalUnit":"2-3","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"EGT course","advertise":true},
  {"code":"PO.PRT","name":"Protester removal team","category":"Public order","typicalUnit":"6-8","noticeMinMinutes":480,"noticeMaxMinutes":480,"accreditation":"Protester removal course","advertise":true},
  {"code":"PO.PLT","name":"Police liaison team","category":"Public order","typicalUnit":"2-6","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"PLT course","advertise":true},
  {"code":"PO.MED","name":"Public order medic","category":"Medical","typicalUnit":"1-2","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"Police medic, D13/equivalent","advertise":true},
  {"code":"PO.AEP","name":"AEP team","category":"Public order/firearms","typicalUnit":"team","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"AEP accredited, ACC authority","advertise":true},
  {"code":"FA.ARV","name":"Armed response vehicle crew","category":"Firearms","typicalUnit":"2-3","noticeMinMinutes":0,"noticeMaxMinutes":0,"accreditation":"AFO + ARV; force firearms licence","advertise":true},
  {"code":"FA.SFO","name":"Specialist firearms team","category":"Firearms","typicalUnit":"team","noticeMinMinutes":60,"noticeMaxMinutes":120,"accreditation":"SFO","advertise":true},
  {"code":"FA.CTSFO","name":"Counter-terrorist specialist firearms team","category":"Firearms","typicalUnit":"restricted","accreditation":"CTSFO; tasked through CT network, do not list openly","advertise":false},
  {"code":"FA.TFC","name":"Firearms commander / tactical adviser","category":"Command","typicalUnit":"1","noticeMinMinutes":60,"noticeMaxMinutes":60,"accreditation":"SFC/TFC/OFC/TacAd in date","advertise":true},
  {"code":"FA.CP","name":"Close protection","category":"Firearms","typicalUnit":"team","noticeMinMinutes":720,"noticeMaxMinutes":720,"accreditation":"CP accredited","advertise":true},
  {"code":"CB.RESP","name":"CBRN responder team","category":"CBRN","typicalUnit":"PSU-based","noticeMinMinutes":120,"noticeMaxMinutes":480,"accreditation":"CBRN responder, suits in date","advertise":true},
  {"code":"CB.TAC","name":"CBRN tactical adviser","category":"Advice","typicalUnit":"1","noticeMinMinutes":120,"noticeMaxMinutes":120,"accreditation":"Role profile (College)","advertise":true},
  {"code":"CB.CMD","name":"CBRN strategic commander","category":"Command","typicalUnit":"1","noticeMinMinutes":120,"noticeMaxMinutes":120,"accreditation":"Role profile (College)","advertise":true},
  {"code":"DV.TEAM","name":"DVI recovery / mortuary team","category":"Civil emergency","typicalUnit":"4-10","noticeMinMinutes":720,"noticeMaxMinutes":1440,"accreditation":"DVI trained; from all UK regions","advertise":true},
  {"code":"DV.SIM","name":"Senior Identification Manager","category":"Civil emergency","typicalUnit":"1","noticeMinMinutes":360,"noticeMaxMinutes":360,"accreditation":"Must have attended the national course","advertise":true},
  {"code":"DV.CAS","name":"Casualty bureau call-takers","category":"Civil emergency","typicalUnit":"10-50 seats","noticeMinMinutes":120,"noticeMaxMinutes":240,"accreditation":"HOLMES casualty bureau","advertise":true},
  {"code":"SE.POLSA","name":"Police search adviser","category":"Search","typicalUnit":"1","noticeMinMinutes":120,"noticeMaxMinutes":240,"accreditation":"PolSA, licensed","advertise":true},
  {"code":"SE.TEAM","name":"Licensed search team","category":"Search","typicalUnit":"1 sgt + 6","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"Licensed search officer","advertise":true},
  {"code":"SE.DIVE","name":"Underwater / marine search unit","category":"Search","typicalUnit":"4-8","noticeMinMinutes":360,"noticeMaxMinutes":720,"accreditation":"HSE dive team, supervisor","advertise":true},
  {"code":"MA.BOAT","name":"Marine unit boat and crew","category":"Marine","typicalUnit":"3-4","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"MCA coding, boat handler","advertise":true},
  {"code":"MA.MTN","name":"Mountain/rope access team","category":"Search","typicalUnit":"4-6","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"Rope access","advertise":true},
  {"code":"DG.GP","name":"General purpose dog team","category":"Dogs","typicalUnit":"1+1","noticeMinMinutes":0,"noticeMaxMinutes":120,"accreditation":"Licensed dog and handler, annual","advertise":true},
  {"code":"DG.EXPL","name":"Explosive search dog","category":"Dogs","typicalUnit":"1+1","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"Licensed to search category","advertise":true},
  {"code":"DG.DIGI","name":"Digital/media detection dog","category":"Dogs","typicalUnit":"1+1","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"Licensed","advertise":true},
  {"code":"DG.VR","name":"Victim recovery dog","category":"Dogs","typicalUnit":"1+1","noticeMinMinutes":480,"noticeMaxMinutes":480,"accreditation":"Licensed","advertise":true},
  {"code":"MO.SEC","name":"Mounted section","category":"Mounted","typicalUnit":"6 horses + sgt","noticeMinMinutes":360,"noticeMaxMinutes":720,"accreditation":"Horse and rider graded","advertise":true},
  {"code":"AI.UAS","name":"Drone team","category":"Air","typicalUnit":"2","noticeMinMinutes":120,"noticeMaxMinutes":240,"accreditation":"CAA operational authorisation, remote pilot","advertise":true},
  {"code":"AI.NPAS","name":"NPAS air support tasking","category":"Air","typicalUnit":"aircraft","noticeMinMinutes":0,"noticeMaxMinutes":0,"accreditation":"National service, link only","advertise":true},
  {"code":"RP.UNIT","name":"Roads policing / escort riders","category":"Roads","typicalUnit":"2-8","noticeMinMinutes":120,"noticeMaxMinutes":480,"accreditation":"Advanced, special escort","advertise":true},
  {"code":"RP.FCI","name":"Forensic collision investigator","category":"Roads","typicalUnit":"1-2","noticeMinMinutes":120,"noticeMaxMinutes":120,"accreditation":"FSR code: collision FSA","advertise":true},
  {"code":"DF.LAB","name":"Digital forensics unit, capacity by queue","category":"Digital forensics","typicalUnit":"devices/week","noticeMinMinutes":1440,"noticeMaxMinutes":4320,"accreditation":"FSR Code (in force 2 Oct 2023, England and Wales), ISO/IEC 17025 where the activity requires","advertise":true},
  {"code":"DF.SCENE","name":"Digital forensic scene attendance","category":"Digital forensics","typicalUnit":"1-2","noticeMinMinutes":240,"noticeMaxMinutes":1440,"accreditation":"FSR Code","advertise":true},
  {"code":"DF.MOB","name":"Mobile extraction kiosk / van","category":"Digital forensics","typicalUnit":"1","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"FSR Code, extraction powers","advertise":true},
  {"code":"DF.DMI","name":"Digital media investigator","category":"Digital","typicalUnit":"1","noticeMinMinutes":240,"noticeMaxMinutes":1440,"accreditation":"DMI course; HMICFRS asked for more of them","advertise":true},
  {"code":"CY.FCCU","name":"Force cyber crime unit officer","category":"Cyber","typicalUnit":"1-4","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"Cybercrime specialist investigator profile","advertise":true},
  {"code":"CY.RCCU","name":"Regional cyber crime unit incident team","category":"Cyber","typicalUnit":"2-6","noticeMinMinutes":240,"noticeMaxMinutes":1440,"accreditation":"as above, via regional coordinator","advertise":true},
  {"code":"CY.COORD","name":"Regional cybercrime coordinator","category":"Cyber","typicalUnit":"1","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"College profile","advertise":true},
  {"code":"CY.CRYPTO","name":"Cryptocurrency tactical adviser","category":"Cyber/financial","typicalUnit":"1","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"NPCC accredited crypto course, tool licence, MV/SC vetting for the national team","advertise":true},
  {"code":"CY.DARK","name":"Dark-web investigator","category":"Cyber","typicalUnit":"1-2","noticeMinMinutes":1440,"noticeMaxMinutes":4320,"accreditation":"NPCC course","advertise":true},
  {"code":"IN.SIO","name":"Senior investigating officer (PIP 3)","category":"Investigation","typicalUnit":"1","noticeMinMinutes":720,"noticeMaxMinutes":720,"accreditation":"PIP 3 register","advertise":true},
  {"code":"IN.HOLMES","name":"HOLMES indexers / MIR staff","category":"Investigation","typicalUnit":"4-10","noticeMinMinutes":720,"noticeMaxMinutes":1440,"accreditation":"HOLMES 2","advertise":true},
  {"code":"IN.FLO","name":"Family liaison officer","category":"Investigation","typicalUnit":"2","noticeMinMinutes":360,"noticeMaxMinutes":360,"accreditation":"FLO, PIP 2","advertise":true},
  {"code":"IN.ISTV","name":"Interview adviser / tier 5, ABE","category":"Investigation","typicalUnit":"1-2","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"Tiered interview","advertise":true},
  {"code":"IN.FIN","name":"Financial investigator","category":"Investigation","typicalUnit":"1-2","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"NCA accredited FI (POCA)","advertise":true},
  {"code":"IN.COMMS","name":"Comms data SPoC","category":"Investigation","typicalUnit":"1","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"SPoC accreditation (IPA 2016)","advertise":true},
  {"code":"IN.CSI","name":"Crime scene manager / examiner","category":"Forensics","typicalUnit":"1-4","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"ISO/IEC 17020 scene examination where required","advertise":true},
  {"code":"NE.NEG","name":"Hostage and crisis negotiator","category":"Negotiation","typicalUnit":"2-3","noticeMinMinutes":60,"noticeMaxMinutes":120,"accreditation":"Trained negotiator, National Negotiator Deployment Model","advertise":true},
  {"code":"NE.COORD","name":"Negotiator coordinator/adviser","category":"Negotiation","typicalUnit":"1","noticeMinMinutes":60,"noticeMaxMinutes":120,"accreditation":"College profile","advertise":true},
  {"code":"SU.SURV","name":"Surveillance team","category":"Covert","typicalUnit":"restricted","accreditation":"Do not advertise on the mesh; RIPA/IPA routes","advertise":false},
  {"code":"SU.UC","name":"Undercover, CHIS, witness protection","category":"Covert","typicalUnit":"excluded","accreditation":"Excluded by policy","advertise":false},
  {"code":"LO.CUST","name":"Custody capacity (cells)","category":"Logistics","typicalUnit":"cells","noticeMinMinutes":60,"noticeMaxMinutes":240,"accreditation":"-","advertise":true},
  {"code":"LO.CONTROL","name":"Control-room staff / bronze comms","category":"Logistics","typicalUnit":"2-6","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"-","advertise":true},
  {"code":"LO.MOE","name":"Method-of-entry team","category":"Tactical","typicalUnit":"4-6","noticeMinMinutes":240,"noticeMaxMinutes":240,"accreditation":"MoE","advertise":true},
  {"code":"WE.TRIM","name":"Post-deployment welfare (TRiM, OH)","category":"Welfare","typicalUnit":"1-4","noticeMinMinutes":1440,"noticeMaxMinutes":1440,"accreditation":"TRiM","advertise":true},
];

/** Every set of weights that was ever the committed default, the present one last. */
export const MATCHING_WEIGHTS: readonly WeightsRow[] = [
  {"version":"2","lateness":1,"travel":0.25,"tier":30,"strain":60,"reserve":240,"skillFit":1,"cost":0},
];

export const NATIONAL_FLOORS: readonly FloorRow[] = [
  {"code":"PO.PSU.L2","units":38},
  {"code":"PO.PSU.L1","units":5},
  {"code":"PO.CMD","units":65},
  {"code":"PO.TAC","units":21},
  {"code":"PO.EGT","units":15},
  {"code":"PO.PRT","units":5},
  {"code":"PO.PLT","units":16},
  {"code":"PO.MED","units":105},
  {"code":"PO.AEP","units":4},
  {"code":"FA.ARV","units":83},
  {"code":"FA.SFO","units":5},
  {"code":"FA.TFC","units":60},
  {"code":"FA.CP","units":3},
  {"code":"CB.RESP","units":7},
  {"code":"CB.TAC","units":9},
  {"code":"CB.CMD","units":6},
  {"code":"DV.TEAM","units":8},
  {"code":"DV.SIM","units":6},
  {"code":"DV.CAS","units":205},
  {"code":"SE.POLSA","units":50},
  {"code":"SE.TEAM","units":16},
  {"code":"SE.DIVE","units":4},
  {"code":"MA.BOAT","units":7},
  {"code":"MA.MTN","units":3},
  {"code":"DG.GP","units":100},
  {"code":"DG.EXPL","units":20},
  {"code":"DG.DIGI","units":7},
  {"code":"DG.VR","units":5},
  {"code":"MO.SEC","units":5},
  {"code":"AI.UAS","units":45},
  {"code":"RP.UNIT","units":73},
  {"code":"RP.FCI","units":40},
  {"code":"DF.LAB","units":275},
  {"code":"DF.SCENE","units":15},
  {"code":"DF.MOB","units":12},
  {"code":"DF.DMI","units":48},
  {"code":"CY.FCCU","units":33},
  {"code":"CY.RCCU","units":5},
  {"code":"CY.COORD","units":3},
  {"code":"CY.CRYPTO","units":10},
  {"code":"CY.DARK","units":10},
  {"code":"IN.SIO","units":70},
  {"code":"IN.HOLMES","units":14},
  {"code":"IN.FLO","units":105},
  {"code":"IN.ISTV","units":20},
  {"code":"IN.FIN","units":65},
  {"code":"IN.COMMS","units":21},
  {"code":"IN.CSI","units":125},
  {"code":"NE.NEG","units":30},
  {"code":"NE.COORD","units":10},
  {"code":"LO.CUST","units":127},
  {"code":"LO.CONTROL","units":38},
  {"code":"LO.MOE","units":12},
  {"code":"WE.TRIM","units":21},
];
