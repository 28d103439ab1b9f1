import { join } from 'node:path';
import ts from 'typescript';
import { checkoutRoot } from '../../infra/local/checkout';

interface Typed {
  apiVersion: string;
  kind: string;
}

/**
 * What is wrong with each object, by the schema of Kubernetes: `kubernetes-types` has it as types, so the objects are
 * written out as literals of those types, where TypeScript allows no field that the type does not have.
 */
export function problemsOf(objects: readonly object[]): string[] {
  const file = join(checkoutRoot(), 'manifests.ts'); // is never written: the compiler is handed its text
  const text = objects.map((one, at) => literal(one as Typed, at)).join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ['lib.es2023.d.ts'],
    moduleResolution: ts.ModuleResolutionKind.Node10,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);
  return ts.getPreEmitDiagnostics(ts.createProgram([file], options, host)).map((found) => {
    const line = found.file?.getLineAndCharacterOfPosition(found.start ?? 0).line ?? 0;
    return `${text.split('\n')[line]?.trim()}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}

/** `apps/v1` is the module `apps/v1`, `policy/v1` and `networking.k8s.io/v1` lose their domain, `v1` is `core/v1`. */
function literal(one: Typed, at: number): string {
  const [group, version] = one.apiVersion.includes('/') ? one.apiVersion.split('/') : ['core', one.apiVersion];
  const module = `kubernetes-types/${group?.split('.')[0]}/${version}`;
  // The schema asks for none of these four; a cluster does.
  const asked = ['metadata', one.kind === 'ConfigMap' ? 'data' : 'spec'].map((field) => `'${field}'`).join(' | ');
  return `import type { ${one.kind} as Kind${at} } from '${module}';
export const object${at}: Kind${at} & Required<Pick<Kind${at}, 'apiVersion' | 'kind' | ${asked}>> & { metadata: { name: string } } = ${JSON.stringify(one, null, 1)};`;
}
