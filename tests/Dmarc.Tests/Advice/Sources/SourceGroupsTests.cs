using System.Net;
using Dmarc.Advice.Sources;
using Dmarc.Reports.Totals;

namespace Dmarc.Tests.Advice.Sources;

public class SourceGroupsTests
{
    [Fact]
    public void The_groups_of_one_source_are_added_up_whatever_its_address_and_domain_look_like()
    {
        SourceGroups groups = new();

        Assert.True(groups.TryAdd("2001:db8::1", "a.example", new ReportMeasure { Group = "", Messages = 3, Passed = 2, DkimAligned = 1, SpfAligned = 2 }));
        Assert.True(groups.TryAdd("192.0.2.1", "", new ReportMeasure { Group = "", Messages = 5 }));
        Assert.True(groups.TryAdd("2001:DB8:0::1", "A.example", new ReportMeasure { Group = "", Messages = 4, Passed = 1, DkimAligned = 1 }));
        Assert.True(groups.TryAdd("2001:db8::1", "b.example", new ReportMeasure { Group = "", Messages = long.MaxValue }));
        Assert.True(groups.TryAdd("2001:db8::1", "b.example", new ReportMeasure { Group = "", Messages = 1 }));

        Assert.Equal(
            [
                new SourceFigures("2001:db8::1", "a.example", 7, 3, 2, 2),
                new SourceFigures("192.0.2.1", "", 5, 0, 0, 0),
                new SourceFigures("2001:db8::1", "b.example", long.MaxValue, 0, 0, 0),
            ],
            groups.Figures);
    }

    [Fact]
    public void There_are_no_more_sources_than_of_rows_but_known_ones_still_grow()
    {
        SourceGroups groups = new();
        for (int index = 0; index < SourceAccumulator.MaximumSources; index++)
        {
            Assert.True(groups.TryAdd(new IPAddress(0x0A000000L + index).ToString(), "", new ReportMeasure { Group = "", Messages = 1 }));
        }

        Assert.False(groups.TryAdd("2001:db8::1", "", new ReportMeasure { Group = "", Messages = 1 }));
        Assert.True(groups.TryAdd(groups.Figures[0].Address, "", new ReportMeasure { Group = "", Messages = 1 }));
        Assert.Equal(2, groups.Figures[0].Messages);
    }
}
