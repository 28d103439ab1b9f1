import '@homeward/observability/start';
import { runService } from '@homeward/bootstrap';
import { referrals } from './referrals.module';

runService(referrals);
