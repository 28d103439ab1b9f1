import type * as Jose from 'jose' with { 'resolution-mode': 'import' };

/** jose is an ES module: Node can require it (20.19 and later), the compiler does not know that yet. */
export const jose = require('jose') as typeof Jose;
