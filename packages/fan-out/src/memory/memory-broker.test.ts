import { brokerCompliance } from '../compliance/broker-compliance';
import { MemoryBroker } from './memory-broker';

brokerCompliance('a broker in memory', async () => new MemoryBroker());
