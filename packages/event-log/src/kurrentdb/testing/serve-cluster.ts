import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import {
  ClusterInfo,
  EndPoint,
  MemberInfo,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb';
import {
  SupportedMethod,
  SupportedMethods,
} from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb';
import { UUID, type Empty } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb';

/** Releases whose sorts of append this server has. Source: the client's UnsupportedError names where they began. */
export type Release = '23.10' | '25.1' | '26.1';

const streams = 'event_store.client.streams.streams';
const sessions = 'kurrentdb.protocol.v2.streams.streamsservice';

const methods: Readonly<Record<Release, readonly (readonly [string, string])[]>> = {
  '23.10': [
    [streams, 'append'],
    [streams, 'batchappend'],
    [streams, 'read'],
  ],
  '25.1': [
    [streams, 'append'],
    [streams, 'batchappend'],
    [streams, 'read'],
    [sessions, 'appendsession'],
  ],
  '26.1': [
    [streams, 'append'],
    [streams, 'batchappend'],
    [streams, 'read'],
    [sessions, 'appendsession'],
    [sessions, 'appendrecords'],
  ],
};

/** ServerFeatures.GetSupportedMethods: names in lower case. Source: ServerFeatures.cs. */
export function serveFeatures(release: Release) {
  return (_call: ServerUnaryCall<Empty, SupportedMethods>, answer: sendUnaryData<SupportedMethods>): void => {
    const response = new SupportedMethods();
    response.setEventStoreServerVersion(`${release}.0`);
    response.setMethodsList(
      methods[release].map(([service, name]) => {
        const method = new SupportedMethod();
        method.setServiceName(service);
        method.setMethodName(name);
        return method;
      }),
    );
    answer(null, response);
  };
}

/** Gossip.Read: this node alone, the leader. Source: Gossip.Read.cs. */
export function serveGossip(port: () => number) {
  return (_call: ServerUnaryCall<Empty, ClusterInfo>, answer: sendUnaryData<ClusterInfo>): void => {
    const id = new UUID();
    id.setString('22222222-2222-4222-8222-222222222222');
    const endPoint = new EndPoint();
    endPoint.setAddress('127.0.0.1');
    endPoint.setPort(port());
    const member = new MemberInfo();
    member.setInstanceId(id);
    member.setState(MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(endPoint);
    const response = new ClusterInfo();
    response.addMembers(member);
    answer(null, response);
  };
}
