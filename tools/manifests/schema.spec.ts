import { documents, KUSTOMIZATION, manifestFiles, manifests, infraFile } from './manifests';
import { problemsOf } from './schema';

const planted = (text: string): string[] => problemsOf(documents(text));

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: planted }
spec:
  ports: [{ name: http, port: 8080, targetPort: http }]
`;
const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: planted }
spec:
  selector: { matchLabels: { app: planted } }
  template:
    spec:
      containers: [{ name: planted, image: planted }]
`;

describe('the manifests', () => {
  it('are objects of Kubernetes', () => {
    const objects = manifests().map(({ file: _, ...object }) => object);
    expect(objects.length).toBeGreaterThan(10);
    expect(problemsOf(objects)).toEqual([]);
  });

  it('are applied, every file', () => {
    const [kustomization] = documents(infraFile('infra', 'k8s', KUSTOMIZATION)) as { resources: string[] }[];
    expect([...(kustomization?.resources ?? []), KUSTOMIZATION].sort()).toEqual(manifestFiles().sort());
  });
});

describe('a mistake is found:', () => {
  it('none where there is none', () => {
    expect(planted(`${SERVICE}---${DEPLOYMENT}`)).toEqual([]);
  });

  it.each([
    [
      'an unknown field',
      DEPLOYMENT.replace('selector:', 'replica: 2\n  selector:'),
      "does not exist in type 'DeploymentSpec'",
    ],
    [
      'an unknown field deep inside',
      SERVICE.replace('targetPort', 'targetport'),
      "does not exist in type 'ServicePort'",
    ],
    [
      'a wrong type',
      DEPLOYMENT.replace('selector:', "replicas: 'two'\n  selector:"),
      "not assignable to type 'number'",
    ],
    [
      'a text that YAML reads as true',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { A: on }',
      'boolean',
    ],
    ['a missing field', DEPLOYMENT.replace(/selector:.*\n/, 'replicas: 2\n'), "'selector' is missing"],
    ['a missing field deep inside', DEPLOYMENT.replace('name: planted, image', 'image'), "'name' is missing"],
    ['a missing name', SERVICE.replace('name: planted', 'labels: {}'), "'name' is missing"],
    ['a missing spec', 'apiVersion: v1\nkind: Service\nmetadata: { name: planted }', "'spec' is missing"],
    ['a kind that is not of its group', DEPLOYMENT.replace('apps/v1', 'batch/v1'), 'no exported member'],
  ])('%s', (_, text, said) => {
    expect(planted(text).join()).toContain(said);
  });
});
