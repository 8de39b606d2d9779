using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host put</c>: puts a program into a slot of a device.</summary>
public static class PutCommand
{
    // A message COSE_Sign1 with its tag: CBOR's tag 18, an array of four.
    private static ReadOnlySpan<byte> SignedStart => [0xd2, 0x84];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var slot = SlotArgument.Create();
        var profile = new TextOption("--profile", "name", "The machine variant; what the server takes otherwise.");
        var budget = new ChoiceOption<BudgetClass>("--class", "How long a run may last; what the server takes otherwise.");
        var helpers = new HelpersOption();
        var hooks = new TextsOption(
            "--hook", "NAME=POLICY",
            "A hook of the device that it is attached to, with a policy: continue, which is usual, abort-on-negative, "
            + "abort-on-positive or single; may be given again.");
        var server = new ServerInput();
        var command = new ExampleCommand(
            "put",
            "Puts a program into a slot of a device, in the place of the one that is there. "
            + "A signed update, as 'rbpf host sign' writes it, "
            + $"is sent as it is. {ServerInput.ExitCodes}",
            "./rbpf host serve --port 5711 --unsigned --hook every-second=timer:1s > log 2>&1 & "
            + "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf host put - 0 --server coap://localhost:5711 "
            + "--class logic --hook every-second=single; kill $!");
        program.AddTo(command);
        command.Arguments.Add(slot);
        foreach (var option in (Option[])[profile, budget, helpers, hooks]) command.Options.Add(option);
        server.AddTo(command);
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(slot).ToString(CultureInfo.InvariantCulture);
            var (bytes, format, conditions) = Upload();
            var attached = (parsed.GetValue(hooks) ?? []).Select(HookOf).ToList();
            return server.Ask(parsed, ask =>
            {
                var put = new CoapRequest(CoapCode.Put, ["app", place], conditions) { Payload = bytes, Format = format };
                if (ask(put) is not { } answer) return CommandLine.Fails;
                Report.Good($"slot {place} has {program.Name(parsed)}, {Counted.Of(bytes.Count, "byte")}");
                if (!answer.Payload.IsEmpty) Report.Line(System.Text.Encoding.UTF8.GetString(answer.Payload.AsSpan()));
                foreach (var (hook, policy) in attached)
                {
                    if (ask(new(CoapCode.Put, ["hooks", hook, place], [$"policy={policy}"])) is null) return CommandLine.Fails;
                    Report.Good($"slot {place} is at the hook {hook}, policy {policy}");
                }

                return CommandLine.Holds;
            });

            (Sequence<byte> Bytes, int Format, Sequence<string> Query) Upload()
            {
                var isConditional = parsed.GetValue(profile) is not null || parsed.GetValue(budget) is not null || parsed.GetValue(
                    helpers) is not null;
                var name = program.Name(parsed);
                if (name != "-" && Files.Read(name, FileKind.Program) is var file && file.AsSpan().StartsWith(SignedStart))
                {
                    return isConditional
                        ? throw new UsageException(
                            $"{Escaped.Line(name)}: a signed update says its conditions itself; "
                            + "expected no --profile, --class or --helpers")
                        : (Sequence.Of<byte>(file), CoapOptions.CoseSign1, []);
                }

                var upload = program.Upload(parsed);
                List<string> query = [];
                if (parsed.GetValue(profile) is { } variant) query.Add($"profile={variant}");
                if (parsed.GetValue(budget) is { } chosen) query.Add($"class={chosen.ToString().ToLowerInvariant()}");
                var machine = Profile.All.FirstOrDefault(known => known.Name == parsed.GetValue(profile)) ?? Profile.Rbpf;
                var ids = helpers.Of(parsed, upload, machine);
                if (!ids.IsEmpty) query.Add($"helpers={string.Join(',', ids.Select(id => $"{id:x2}"))}");
                return (upload, CoapOptions.OctetStream, query.ToSequence());
            }
        });
        return command;
    }

    private static (string Hook, string Policy) HookOf(string text)
    {
        var at = text.LastIndexOf('=');
        var (hook, policy) = at < 0 ? (text, "continue") : (text[..at], text[(at + 1)..]);
        return hook != "" && policy is "continue" or "abort-on-negative" or "abort-on-positive" or "single"
            ? (hook, policy)
            : throw new UsageException(
                $"--hook '{text}' is none; expected NAME=POLICY with continue, abort-on-negative, abort-on-positive or single");
    }
}
