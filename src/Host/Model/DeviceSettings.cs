using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Host.Model;

/// <summary>The parts of a device that no event changes.</summary>
public sealed record DeviceSettings
{
    /// <summary>How many applications the store has room for.</summary>
    public int Slots { get; init; } = 4;

    /// <summary>The most bytes of an upload, and of the program that it holds with its data.</summary>
    public int LargestProgram { get; init; } = 4096;

    /// <summary>How many uploads in blocks can be under way.</summary>
    public int Transfers { get; init; } = 2;

    /// <summary>How many messages are remembered, so that a duplicate is known.</summary>
    public int Remembered { get; init; } = 64;

    /// <summary>How many clients can be told of changes.</summary>
    public int Observers { get; init; } = 16;

    /// <summary>The updates that are taken; none, unless it is said otherwise.</summary>
    public UpdatePolicy Updates { get; init; } = new UpdatePolicy.Refuse();

    /// <summary>The conditions of an application that is uploaded without any.</summary>
    public Manifest Default { get; init; } = Manifest.Least;

    /// <summary>The profiles that an upload may name.</summary>
    public Sequence<Semantics.Profiles.Profile> Profiles { get; init; } = Semantics.Profiles.Profile.All;

    /// <summary>The hooks, without containers.</summary>
    public Sequence<Hook> Hooks { get; init; }

    /// <summary>The sensor registry as it begins.</summary>
    public Sequence<Sensor> Sensors { get; init; }

    /// <summary>Reads an upload: the forms in which a program may come over the network; a pure function.</summary>
    public Func<Sequence<byte>, UploadContent> Reader { get; init; } = UploadContent.Raw;

    /// <summary>The application that an upload is, if it may run; else nothing, and why.</summary>
    /// <param name="manifest">Its conditions.</param>
    /// <param name="upload">The bytes that came.</param>
    /// <param name="problem">What is wrong, and what would be right; empty if nothing is.</param>
    public Application? Admit(Manifest manifest, Sequence<byte> upload, out string problem)
    {
        switch (Reader(upload))
        {
            case UploadContent.Program(var bytes, var entry, var regions) content:
                var size = (ulong)bytes.Count;
                foreach (var region in regions) size += region.Length.Value;
                if (size <= (ulong)LargestProgram)
                    return Application.Admit(manifest, bytes, out problem, entry, regions)?.With(content.Lines);
                problem = $"the program and its data have {size} bytes; the most are {LargestProgram}";
                return null;
            case UploadContent.Refused(var refusal):
                problem = refusal;
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The problems that keep it from being a device: no room, a timer without a period, a hook or sensor that is none.</summary>
    public Sequence<string> Problems()
    {
        List<string> problems = [];
        if (Slots < 1) problems.Add($"a store of {Slots} slots; the least is 1");
        if (LargestProgram < 8) problems.Add($"programs of at most {LargestProgram} bytes; the least is 8");
        if (Transfers < 1) problems.Add($"{Transfers} uploads at a time; the least is 1");
        if (Remembered < 1) problems.Add($"{Remembered} messages remembered; the least is 1");
        if (Observers < 0) problems.Add($"{Observers} clients that are told of changes; the least is 0");
        foreach (var hook in Hooks)
        {
            if (Hooks.Count(other => other.Name == hook.Name) > 1) problems.Add($"several hooks are called '{hook.Name}'");
            if (!hook.Entries.IsEmpty) problems.Add($"the hook '{hook.Name}' has containers before there are any");
            if (hook.Trigger is Trigger.Timer(0)) problems.Add($"the timer '{hook.Name}' has the period 0; the least is 1 microsecond");
            if (hook.Trigger is Trigger.Threshold { Sensor: var sensor } && (sensor < 0 || sensor >= Sensors.Count))
                problems.Add($"the hook '{hook.Name}' watches the sensor {sensor}; there are {Sensors.Count}");
        }

        return problems.ToSequence();
    }

    /// <summary>Makes the machine that runs a program: the reference machine, or one that does the same.</summary>
    public Func<CheckedProgram, IMachine> Machine { get; init; } = static program => new ConcreteMachine(program);
}
