import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkoutRoot } from '../../infra/local/checkout';

/** One object of Kubernetes, as far as the checks look into every kind. */
export interface Manifest {
  file: string;
  apiVersion: string;
  kind: string;
  metadata: { name: string };
  [field: string]: unknown;
}

export const KUSTOMIZATION = 'kustomization.yaml';
const folder = (): string => join(checkoutRoot(), 'infra', 'k8s');

export const manifestFiles = (): string[] => readdirSync(folder()).filter((file) => file.endsWith('.yaml'));

/** Every object under `infra/k8s`. The kustomization is none of the cluster's own kinds. */
export const manifests = (): Manifest[] =>
  manifestFiles()
    .filter((file) => file !== KUSTOMIZATION)
    .flatMap((file) => documents(readFileSync(join(folder(), file), 'utf8')).map((one) => ({ ...one, file })))
    .map((one) => one as unknown as Manifest);

/** By YAML 1.1, as `kubectl` reads: `on` without quotes is no text. */
export const documents = (text: string): object[] =>
  parseAllDocuments(text, { version: '1.1' }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as object;
  });

export const infraFile = (...path: string[]): string => readFileSync(join(checkoutRoot(), ...path), 'utf8');
