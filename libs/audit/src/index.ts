export { AUDIT_HEADS, appendSigned } from './heads/heads';
export { readSigningKey, type SigningKey } from './heads/signing-key';
export { Sealer, type SealerOptions } from './sealer/sealer';
export { proposeRetention, removeDetail } from './retention';
export { auditChainTables } from './tables';
export { unsignedAge } from './unsigned-age';
export { looksAt, type Look, type LooksWanted } from './looks';
export * from './verify/findings';
export { verifyAudit, type AuditReport } from './verify/verify-audit';
