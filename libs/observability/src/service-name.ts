/** `OTEL_SERVICE_NAME`, else the service whose `main` this process runs, else `homeward`. */
export function serviceName(): string {
  const [, ofScript] = /services\/([^/]+)\/src\//.exec((process.argv[1] ?? '').replaceAll('\\', '/')) ?? [];
  return process.env['OTEL_SERVICE_NAME'] || ofScript || 'homeward';
}
