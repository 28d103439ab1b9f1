import '@homeward/observability/start';
import { runService } from '@homeward/bootstrap';
import { flow } from './flow.module';

runService(flow);
