using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance</c>: vectors run, and the protocols by which others run them on this machine.</summary>
public static class ConformanceCommand
{
    /// <summary>The profile of these commands: vectors of others speak of the RFC.</summary>
    public static Profile DefaultProfile => Profile.Rfc9669;

    /// <summary>The command.</summary>
    public static Command Create() => new ExampleCommand(
        "conformance",
        "Runs conformance vectors, and serves the protocols that run them.",
        "echo 'b7 00 00 00 07 00 00 00 95 00 00 00 00 00 00 00' | ./rbpf conformance plugin")
    {
        RunVectors.Create(), TryMachines.Create(), Plugin(), Batch(), GenerateVectors.Create(), ScoreVectors.Create(),
            CoverVectors.Create(), MutateSources.Create(), HostVectors.Create(), HostVectors.Batch(),
    };

    private static ExampleCommand Plugin()
    {
        var memory = new Argument<string>("memory")
        {
            Description = "The memory in hexadecimal.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "",
        };
        var profile = new ProfileOption(DefaultProfile);
        var engine = EngineOption();
        var elf = new SwitchOption("--elf", "The program is an ELF object.");
        var command = new ExampleCommand(
            "plugin",
            "Answers one request of bpf_conformance's plugin protocol: the program in hexadecimal on standard input.",
            "echo 'b7 00 00 00 07 00 00 00 95 00 00 00 00 00 00 00' | ./rbpf conformance plugin")
        {
            memory, profile, engine, elf,
        };
        command.SetAction(parsed => PluginFastPath.Answer(
            parsed.GetValue(memory) ?? "", parsed.GetValue(elf), new(profile.Of(parsed), parsed.GetValue(engine)?.Fast())));
        return command;
    }

    private static ExampleCommand Batch()
    {
        var profile = new ProfileOption(DefaultProfile);
        var engine = EngineOption();
        var instructions = new CountOption(
            "--instructions", "count",
                $"How many instructions a program may execute; {ConformanceMachine.DefaultInstructionLimit} otherwise.");
        var state = new SwitchOption("--state", "Answers tell the state at the end, too: the slot in pc, and r0 to r10 in registers.");
        var command = new ExampleCommand(
            "batch",
            "Answers requests, one JSON object a line: program and memory in hexadecimal; r0 or a trap comes back.",
            "echo '{\"program\":\"b7000000070000009500000000000000\"}' | ./rbpf conformance batch")
        {
            profile, engine, instructions, state,
        };
        command.SetAction(parsed =>
        {
            var machine = new ConformanceMachine(profile.Of(parsed), parsed.GetValue(engine)?.Fast())
            {
                InstructionLimit = parsed.GetValue(instructions) ?? ConformanceMachine.DefaultInstructionLimit,
            };
            BatchProtocol.Serve(Console.In, Console.Out, machine, parsed.GetValue(state));
            return CommandLine.Holds;
        });
        return command;
    }

    /// <summary><c>--engine</c>, where the machine is one of ours.</summary>
    internal static ChoiceOption<RunEngine> EngineOption() =>
        new("--engine", "What runs programs; what comes out is the same. The semantics otherwise.");
}
