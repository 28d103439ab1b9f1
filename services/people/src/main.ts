import '@homeward/observability/start';
import { runService } from '@homeward/bootstrap';
import { people } from './people.module';

runService(people);
