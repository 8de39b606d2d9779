using System.Globalization;
using RbpfSpec.Host;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Specification.Rules;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Playground;

/// <summary>A profile as the playground knows it besides the rules, as data: checks, helpers, traps in words.</summary>
internal static class MachineScript
{
    /// <summary>The text of a script that adds a profile to the playground, from the machine that was loaded last.</summary>
    public static string Of(Profile profile)
    {
        var helpers = HelperCatalogue.All.Select(function =>
            $"{function.Declaration.Id}: {{ declared: {Declared(function.Declaration)}, refused: {Refused(function.Declaration)} }}");
        return $$"""
            "use strict";
            playground.add("{{profile.Name}}", (rbpf => {
            const U = BigInt.asUintN, S = BigInt.asIntN, { grants } = rbpf;
            return {
            rbpf,
            summary: {{Data.Json(profile.Summary)}},
            preflight: {{PreflightScript.Of(profile)}},
            conditions: {{Data.Json(Forms(profile).ToDictionary(form => form.Id, form => Conditions(form, profile)))}},
            accesses: {{Data.Json(Forms(profile).Where(form => AccessOf(form, profile) is not null)
                .ToDictionary(form => form.Id, form => AccessOf(form, profile)))}},
            traps: {{Data.Json(Enum.GetValues<Trap>().ToDictionary(trap => trap.ToString(), trap => TrapTable.Of(trap).Summary))}},
            branches: {{(profile.BranchLimit is Allowance<ulong>.Remaining(var branches) ? $"{branches}n" : "null")}},
            added: {{AddressSpace.Added.ToString(CultureInfo.InvariantCulture)}}n,
            frames: {{profile.FrameLimit.ToString(CultureInfo.InvariantCulture)}},
            givesLength: {{Data.Json(profile.InitialRegisters is InitialRegisters.ContextAndLength)}},
            grantsAll: {{Data.Json(profile.HelperAccess is HelperAccess.Declared)}},
            usual: {{Data.Json(DefaultHost.Ids)}},
            helpers: {
            {{string.Join(",\n", helpers)}}
            },
            };
            })(globalThis.rbpf));

            """;
    }

    private static IEnumerable<Form> Forms(Profile profile) => OperationTable.Forms.Where(form => RuleScript.Exists(form, profile));

    /// <summary>The traps of an encoding and when it meets each, in words of the rule.</summary>
    public static Dictionary<string, string> Conditions(Form form, Profile profile) => (
        from line in RuleText.Of(form, profile)
        where line.StartsWith("trap ", StringComparison.Ordinal)
        let parts = line.Split(' ', 3)
        group parts[2] by parts[1] into trap
        select (trap.Key, Text: string.Join("; ", trap.Select(condition =>
            condition.StartsWith("if ", StringComparison.Ordinal) ? condition[3..] : condition))))
        .ToDictionary(each => each.Key, each => each.Text);

    // Which bytes an encoding accesses, in words: what it does, the field of the register, how many bytes.
    private static string[]? AccessOf(Form form, Profile profile)
    {
        var fields = new FieldWords<Word>(
            Word.Wrap(1, Width.Bits4),
            Word.Wrap(2, Width.Bits4),
            Word.Wrap(0, Width.Bits16),
            Word.Wrap(0, Width.Bits32),
            Word.Wrap(0, Width.Bits32));
        var state = new Semantics.Running.Start(profile).State();
        return form.Operation.AccessOf(new Execution<Word>(form, fields, state, profile)) is { Base: { } field } access
            ? [AccessText.Verb(access.Kind), Data.NameOf(field), access.Count.Value.ToString(CultureInfo.InvariantCulture)]
            : null;
    }

    private static string Declared(Helper helper) => Data.Json(new
    {
        name = helper.Name,
        summary = helper.Summary,
        arguments = helper.Arguments.Select(kind => kind switch
        {
            ArgumentKind.Value => ["number", ""],
            ArgumentKind.Readable(var count) => (string[])["reads", Count(count)],
            ArgumentKind.Writable(var count) => ["reads and writes", Count(count)],
        }),
    });

    private static string Count(ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => bytes.ToString(CultureInfo.InvariantCulture),
        ByteCount.InArgument(var number) => $"r{number}",
        ByteCount.RestOfRegion => "rest",
    };

    // For each argument whether the memory refuses it: the very question that a call asks.
    private static string Refused(Helper helper)
    {
        var memory = new ScriptMemory(ScriptWord.Constant(0, Width.Bits64), ScriptWord.Constant(0, Width.Bits64));
        var registers = new ScriptRegisters([]);
        var arguments = Sequence.Generate(Helper.MostArguments, index => registers[index + 1]);
        var questions = helper.Arguments.Select((kind, index) => HelperCalls.Granted(memory, arguments[index], kind, arguments));
        return $"s => [{string.Join(", ", questions.Select(granted => TermText.Of((!granted).Term)))}]";
    }
}
