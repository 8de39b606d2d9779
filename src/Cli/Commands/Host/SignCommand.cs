using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Updates;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host sign</c>: an update that devices take which trust the key.</summary>
public static class SignCommand
{
    private static readonly (string Name, Policy Policy)[] Policies =
    [
        ("continue", Policy.Continue), ("abort-on-negative", Policy.AbortOnNegative),
        ("abort-on-positive", Policy.AbortOnPositive), ("single", Policy.Single),
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var key = new RequiredTextOption("--key", "file", "The file with the private key, as 'rbpf host keygen' writes it.");
        var output = new RequiredTextOption("--output", "file", "The file for the signed update.", "-o", "--out");
        var sequence = new RequiredTextOption(
            "--sequence", "number", "The sequence number, from 1: greater than that of every update before it for the same slot.");
        var slot = new CountOption("--slot", "slot", "The slot of the device that it is for; 0 unless given.", most: ushort.MaxValue);
        var profile = new ProfileOption(Profile.Rbpf);
        var budget = new ChoiceOption<BudgetClass>("--class", "How long a run may last: snippet unless given.");
        var helpers = new HelpersOption();
        var hooks = new TextsOption(
            "--hook", "NAME=POLICY",
            "A hook of the device that it is attached to, and the policy there: "
            + $"{string.Join(", ", Policies.Select(one => one.Name))}; may be given again.");
        var command = new ExampleCommand(
            "sign",
            "Signs a program with the conditions under which it runs, for devices that trust the key. What a device would refuse is not "
            + $"signed. {CommandLine.NoProgram}",
            "./rbpf host keygen --out author.key && printf 'mov %%r0, 7\\nexit\\n' | ./rbpf host sign - --key author.key --sequence 1 "
            + "--out seven.cose")
        {
            key, sequence, slot, profile, budget, helpers, hooks, output,
        };
        program.AddTo(command);
        command.SetAction(parsed =>
        {
            var upload = program.Upload(parsed);
            var chosen = profile.Of(parsed);
            var manifest = new UpdateManifest(
                NumberOf(parsed.GetRequiredValue(sequence)),
                (int)(parsed.GetValue(slot) ?? 0),
                Envelope.Digest(upload.AsSpan()),
                upload.Count,
                chosen.Name,
                parsed.GetValue(budget) ?? BudgetClass.Snippet,
                helpers.Of(parsed, upload, chosen),
                (parsed.GetValue(hooks) ?? []).Select(HookOf).ToSequence());
            if (ManifestCbor.Problem(manifest) is { } wrong) throw new UsageException($"{Escaped.Line(program.Name(parsed))}: {wrong}");
            var unused = Check(program.Name(parsed), manifest, upload);
            using var signing = KeyFiles.Read(parsed.GetRequiredValue(key), out var problem) ?? throw new UsageException(problem);
            var update = Envelope.Sign(manifest, upload.AsSpan(), signing);
            Files.Write(parsed.GetRequiredValue(output), update);
            Report.Good(string.Create(
                CultureInfo.InvariantCulture,
                $"{Counted.Of(upload.Count, "byte")} signed as {update.Length}, for slot {manifest.Slot} "
                + $"with sequence number {manifest.Number}, by the key {signing.Public.Name}"));
            if (!unused.IsEmpty) Report.Line($"granted, and not called: {string.Join(", ", unused.Select(id => $"0x{id:x2}"))}");
            return CommandLine.Holds;
        });
        return command;
    }

    // What a device with these hooks says of it; the helpers that are granted, and that the program does not call.
    private static Sequence<uint> Check(string name, UpdateManifest manifest, Sequence<byte> upload)
    {
        var device = Device.Of(new()
        {
            Slots = manifest.Slot + 1,
            LargestProgram = int.MaxValue,
            Reader = UploadReader.Read,
            Hooks = manifest.Hooks.Map(hook => new Hook(hook.Name, new Trigger.Packet(), [])),
        });
        return Admittance.Of(device, manifest.Slot, new(manifest, upload, manifest.Digest)) switch
        {
            Admitted.Accepted accepted => accepted.Unused,
            Admitted.Refused(var reason, var problem) => throw new UsageException($"{Escaped.Line(name)}: {reason.Text()}: {problem}"),
        };
    }

    private static ulong NumberOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UsageException($"--sequence '{text}' is no sequence number; expected 1 to {ulong.MaxValue}");

    private static UpdateHook HookOf(string text)
    {
        var at = text.LastIndexOf('=');
        foreach (var (name, policy) in Policies)
        {
            if (at > 0 && text[(at + 1)..] == name) return new(text[..at], policy);
        }

        throw new UsageException(
            $"--hook '{text}' is none; expected NAME=POLICY with {string.Join(", ", Policies[..^1].Select(one => one.Name))} or "
            + $"{Policies[^1].Name}");
    }
}
