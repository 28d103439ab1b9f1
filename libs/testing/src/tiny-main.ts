import '@homeward/observability/start';
import { runService } from '@homeward/bootstrap';
import { tinyService } from './tiny-service';

runService(tinyService);
