import { Api } from './api';
import type { Story } from './story';

/** Three requests and what is answered now, as lines for the screen. */
export async function worthTrying(gateway: string, token: string, story: Story | undefined): Promise<string[]> {
  const paths = story
    ? [`/holders/${story.personId}`, `/journeys/${story.personId}`, `/transfers/${story.transferId}`]
    : ['/teams', '/worklist', '/health/ready'];
  const api = new Api(gateway);
  const lines = ['Worth trying:'];
  for (const path of paths) {
    const { status, body } = await api.get(path, { token });
    lines.push(`  curl -sH "Authorization: Bearer $TOKEN" ${gateway}${path}`, `  → ${status}`);
    lines.push(
      ...JSON.stringify(body, null, 2)
        .split('\n')
        .map((line) => `    ${line}`),
      '',
    );
  }
  return lines;
}
