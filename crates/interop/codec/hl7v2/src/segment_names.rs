//! Names of the segments HL7 2.1 to 2.9 define (chapter 2, appendix A of each version).

const NAMES: &str = "ABS ACC ADD ADJ AFF AIG AIL AIP AIS AL1 APR ARQ ARV AUT BHS BLC BLG BPO BPX BTS BTX BUI CDM CDO CER \
CM0 CM1 CM2 CNS CON CSP CSR CSS CTD CTI CTR DB1 DEV DG1 DMI DON DPS DRG DSC DSP DST ECD ECR EDU EQL EQP EQU ERQ ERR EVN \
FAC FHS FT1 FTS GOL GP1 GP2 GT1 IAM IAR IIM ILT IN1 IN2 IN3 INV IPC IPR ISD ITM IVC IVT LAN LCC LCH LDP LOC LRL MCP MFA \
MFE MFI MRG MSA MSH NCK NDS NK1 NPU NSC NST NTE OBR OBX ODS ODT OH1 OH2 OH3 OH4 OM1 OM2 OM3 OM4 OM5 OM6 OM7 OMC ORC ORG \
OVR PAC PCE PCR PD1 PDA PDC PEO PES PID PKG PM1 PMT PR1 PRA PRB PRC PRD PRT PSG PSH PSL PSS PTH PV1 PV2 PYE QAK QID QPD \
QRD QRF QRI RCP RDF RDT REL RF1 RFI RGS RGV RMI ROL RQ1 RQD RXA RXC RXD RXE RXG RXO RXR RXV SAC SCD SCH SCP SDD SFT SGH \
SGT SHP SID SLT SPM STF STZ TCC TCD TQ1 TQ2 TXA UAC UB1 UB2 URD URS VAR VND VTQ";

/// Whether HL7 defines the name, or leaves it to local use (`Z..`).
pub(crate) fn is_known(name: &str) -> bool {
    name.len() == 3 && (name.starts_with('Z') || NAMES.split_ascii_whitespace().any(|known| known == name))
}

/// Whether three bytes have the form of a segment name: a capital, then capitals or digits.
pub(crate) fn is_name(bytes: &[u8]) -> bool {
    matches!(bytes, [b'A'..=b'Z', b, c] if [b, c].iter().all(|x| x.is_ascii_uppercase() || x.is_ascii_digit()))
}
