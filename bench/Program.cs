using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RbpfSpec.Bench;
using RbpfSpec.Bench.Coap;
using RbpfSpec.Bench.Host;
using RbpfSpec.Bench.Mutants;
using RbpfSpec.Bench.Ranges;

if (args is [CoapRates.Verb, .. var rounds]) return CoapRates.Run(rounds);
if (args is [UpdateTime.Verb, .. var updates]) return UpdateTime.Run(updates);
if (args is [Neighbours.Verb, .. var turns]) return Neighbours.Run(turns);
if (args is [SteadyState.Verb, .. var asked]) return SteadyState.Run(asked);
if (args is [StepCost.Verb, .. var requests]) return StepCost.Run(requests);
if (args is [MutantScore.Verb, .. var rest]) return MutantScore.Run(rest);
if (args is [Tightness.Verb, .. var bits]) return Tightness.Run(bits);
if (args is [Tiers.Verb, .. var tries]) return Tiers.Run(tries);
if (args is [AnalysisSpeed.Verb, .. var nothing]) return AnalysisSpeed.Run(nothing);
if (args is [Precision.Verb]) return Precision.Run();
if (args is [Comparison.Verb, .. var others]) return Comparison.Run(others);

// In this process: the benchmarks need no build of their own, and all run under the same conditions.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(ReferenceBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
return 0;
