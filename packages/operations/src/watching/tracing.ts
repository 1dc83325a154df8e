import type { IncomingHttpHeaders } from 'node:http';
import type { Span, SpanContext } from '@opentelemetry/api';
import type { Program } from '../settings/programs';

/** A request, as far as traces tell of it: by its route, never by what was asked. */
export interface TracedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Calls back when it is answered, or the client has gone. */
  readonly whenAnswered: (answered: (status: number, route: string | undefined) => void) => void;
}

/** Follows what is asked across services (OpenTelemetry). */
export interface Tracing {
  /** Follows a request while `next` handles it, as part of the trace that its headers name. */
  request(request: TracedRequest, next: () => void): void;
  /**
   * Follows an append, as part of what is under way, and begins the trace of its command, which goes on wherever the
   * command's events are applied. The two are linked.
   * @param correlation the correlation id of the command's events
   */
  append<T>(correlation: string, work: () => Promise<T>): Promise<T>;
  /**
   * Follows what is done with recorded events, in the traces of their commands: of no more than so many at once that
   * following them is a small part of the work.
   */
  withCommands<T>(name: string, correlations: Iterable<string>, work: () => Promise<T>): Promise<T>;
  /** Sends what is not sent yet, and ends. */
  stop(): Promise<void>;
}

/** Follows nothing. */
const noTracing: Tracing = {
  request: (_request, next) => next(),
  append: async (_correlation, work) => work(),
  withCommands: async (_name, _correlations, work) => work(),
  stop: async () => undefined,
};

/** Commands whose traces are followed at once; what is applied beside them is not followed. */
const mostCommands = 32;

/**
 * Where the trace of a command begins. Its id is the correlation id of the command’s events, a UUID, which is as long as the
 * id of a trace: so whoever holds an event knows its trace, and nothing has to be stored for it.
 */
function beginningOf(correlation: string, traceFlags: number): SpanContext {
  const traceId = correlation.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(0, 16), traceFlags, isRemote: true };
}

/** The address of spans on a collector: as OpenTelemetry has it, below the address that all signals share. */
function spansAt(collector: string): string {
  return new URL('v1/traces', collector.endsWith('/') ? collector : `${collector}/`).href;
}

/** Where traces are sent. */
export interface TraceSettings {
  /** What the program is called in them. */
  readonly service: string;
  /** The address of an OTLP collector, which is spoken to over HTTP. */
  readonly collector: string;
}

/** Where a program sends its traces; undefined: nowhere, since no collector is named. */
export function traceSettings(program: Program, collector: string | undefined): TraceSettings | undefined {
  return collector === undefined ? undefined : { service: `ledger-${program}`, collector };
}

/** Begins to send traces, loading what it takes; without settings nothing is loaded and nothing sent. */
export async function startTracing(settings: TraceSettings | undefined): Promise<Tracing> {
  if (settings === undefined) return noTracing;
  const { service, collector } = settings;
  const { context, propagation, SpanKind, SpanStatusCode, trace, TraceFlags } =
    await import('@opentelemetry/api');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const exporter = new OTLPTraceExporter({ url: spansAt(collector) });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  const tracer = provider.getTracer('ledger');
  const failed = (span: Span): void => {
    // That it failed, and not why: messages may hold what somebody sent.
    span.setStatus({ code: SpanStatusCode.ERROR });
  };
  const within = (beginning: SpanContext) => trace.setSpanContext(context.active(), beginning);
  const ending = async <T>(spans: readonly Span[], work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      spans.forEach(failed);
      throw error;
    } finally {
      for (const span of spans) span.end();
    }
  };
  return {
    request: ({ method, headers, whenAnswered }, next) => {
      const caller = propagation.extract(context.active(), headers);
      const options = { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } };
      const span = tracer.startSpan(method, options, caller);
      whenAnswered((status, route) => {
        if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route);
        span.setAttribute('http.response.status_code', status);
        if (status >= 500) failed(span);
        span.end();
      });
      context.with(trace.setSpan(caller, span), next);
    },
    append: async (correlation, work) => {
      const command = beginningOf(correlation, TraceFlags.SAMPLED);
      const named = { attributes: { 'ledger.correlation': correlation } };
      return tracer.startActiveSpan('append', { ...named, links: [{ context: command }] }, async (span) => {
        const links = [{ context: span.spanContext() }];
        const recorded = tracer.startSpan('recorded', { ...named, links }, within(command));
        return ending([span, recorded], work);
      });
    },
    withCommands: async (name, correlations, work) => {
      const followed = new Set<string>();
      for (const correlation of correlations) if (followed.add(correlation).size === mostCommands) break;
      const spans = [...followed].map((correlation) => {
        const attributes = { 'ledger.correlation': correlation };
        const command = beginningOf(correlation, TraceFlags.SAMPLED);
        return tracer.startSpan(name, { attributes }, within(command));
      });
      return ending(spans, work);
    },
    stop: async () => {
      await provider.shutdown();
      for (const api of [trace, context, propagation]) api.disable();
    },
  };
}
