using System.Collections.Concurrent;
using System.Reflection;
using Dmarc.Advice.Audit;
using Dmarc.Advice.Audit.Changes;
using Dmarc.Advice.DirectSend;
using Dmarc.Advice.Messages;
using Dmarc.Advice.Records;
using Dmarc.Advice.Rollout;
using Dmarc.Advice.Sources;
using Dmarc.Tests.Advice.Audit;
using Dmarc.Tests.Advice.Audit.Changes;
using Dmarc.Tests.Advice.DirectSend;
using Dmarc.Tests.Advice.DirectSend.Probing;
using Dmarc.Tests.Advice.DirectSend.Traffic;
using Dmarc.Tests.Advice.Messages;
using Dmarc.Tests.Advice.Messages.BulkSenders;
using Dmarc.Tests.Advice.Messages.Rules;
using Dmarc.Tests.Advice.Records;
using Dmarc.Tests.Advice.Rollout;
using Dmarc.Tests.Advice.Sources;
using Dmarc.Tests.Standards.Dkim;
using Dmarc.Tests.Standards.Dmarc;
using Dmarc.Tests.Standards.Spf;
using Dmarc.Text;
using Xunit.Sdk;

namespace Dmarc.Tests.Advice;

/// <summary>
/// Each row of each table of rules stands beside a row of a test: while the tests of an area run, every rule of its table has
/// something to say at least once.
/// </summary>
public class RuleTableTests
{
    private static readonly Dictionary<string, (Func<RuleRecorder> Record, Type[] Tests)> Areas = new()
    {
        ["SPF records"] = (() => new RuleRecorder().Watch(SpfRules.All), [typeof(SpfRuleTests), typeof(SpfLeftoverTests), typeof(SpfUnknownTests)]),
        ["DMARC records"] = (
            () => new RuleRecorder().Watch(DmarcRecordRules.All),
            [typeof(DmarcRecordInspectorTests), typeof(DmarcBoundaryTests), typeof(DmarcReportReceptionTests), typeof(DmarcOldRecordTests)]),
        ["DKIM selectors"] = (() => new RuleRecorder().Watch(DkimSelectorRules.All), [typeof(DkimKeyInspectorTests), typeof(DkimWildcardTests)]),
        ["messages"] = (
            () => new RuleRecorder().Watch(AlignmentRules.All),
            [.. ClassesBeside(typeof(StrictModeRuleTests)), typeof(MessageAssessorTests), typeof(GatewayTests)]),
        ["bulk senders"] = (() => new RuleRecorder().Watch(BulkSenderChecker.All), [typeof(BulkSenderCheckerTests)]),
        ["bulk senders by domain"] = (() => new RuleRecorder().Watch(DomainBulkSenderChecker.All), [typeof(DomainBulkSenderTests)]),
        ["sources"] = (() => new RuleRecorder().Watch(SourceRules.All), [typeof(SourceClassifierTests)]),
        ["roll-out"] = (() => new RuleRecorder().Watch(RolloutRules.All), [typeof(RolloutAdvisorTests)]),
        ["roll-out notes"] = (() => new RuleRecorder().Watch(RolloutNotes.All), [typeof(RolloutAdvisorTests)]),
        ["Direct Send"] = (
            () => new RuleRecorder().Watch(DirectSendRules.All),
            [typeof(DirectSendVerdictTests), typeof(GatewayVerdictTests), typeof(DirectSendTrafficTests), typeof(DirectSendProbeTests)]),
        ["changes"] = (() => new RuleRecorder().Watch(ChangeRules.All), [typeof(MailDomainComparerTests)]),
        ["grades"] = (() => new RuleRecorder().Watch(GradeRules.All), [typeof(GradeTests)]),
        ["mail exchanges"] = (() => new RuleRecorder().Watch(MxHostRules.All), [typeof(MxTests)]),
    };

    public static TheoryData<string> Names => [.. Areas.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_rule_has_something_to_say_in_the_tests_of_its_area(string area)
    {
        using RuleRecorder recorder = Areas[area].Record();
        foreach (Type tests in Areas[area].Tests)
        {
            await RunAsync(tests);
        }

        Assert.Empty(recorder.Silent);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_name_stands_twice_in_a_table(string area)
    {
        using RuleRecorder recorder = Areas[area].Record();
        Assert.Equal(recorder.Names.Distinct(StringComparer.Ordinal), recorder.Names);
    }

    private static IEnumerable<Type> ClassesBeside(Type type) => type.Assembly.GetTypes()
        .Where(other => other.Namespace == type.Namespace && other is { IsPublic: true, IsAbstract: false });

    private static async Task RunAsync(Type tests)
    {
        foreach (MethodInfo method in tests.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null }))
        {
            DataAttribute[] sources = [.. method.GetCustomAttributes<DataAttribute>()];
            object?[][] rows = sources.Length == 0 ? [[]] : [.. sources.SelectMany(source => source.GetData(method))];
            foreach (object?[] row in rows)
            {
                object?[] arguments = [.. method.GetParameters().Select((parameter, index) => index < row.Length ? row[index] : parameter.DefaultValue)];
                if (method.Invoke(Activator.CreateInstance(tests), arguments) is Task task)
                {
                    await task;
                }
            }
        }
    }
}

/// <summary>Watches tables of rules until it is disposed of: it notes the rules that have something to say.</summary>
internal sealed class RuleRecorder : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _spoke = new();
    private Action? _restore;

    public List<string> Names { get; } = [];

    /// <summary>The rules that said nothing.</summary>
    public IEnumerable<string> Silent => Names.Where(name => !_spoke.ContainsKey(name));

    public RuleRecorder Watch<TSubject, TAnswer>(Rule<TSubject, TAnswer>[] table)
        where TAnswer : class
    {
        for (int index = 0; index < table.Length; index++)
        {
            int at = index;
            Rule<TSubject, TAnswer> rule = table[at];
            Names.Add(rule.Name);
            _restore += () => table[at] = rule;
            table[at] = rule with
            {
                Check = subject =>
                {
                    List<TAnswer> answers = [.. rule.Check(subject)];
                    if (answers.Count > 0)
                    {
                        _spoke[rule.Name] = true;
                    }

                    return answers;
                },
            };
        }

        return this;
    }

    public void Dispose() => _restore?.Invoke();
}
